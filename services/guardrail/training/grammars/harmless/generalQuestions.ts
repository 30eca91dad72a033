import type { Grammar } from '../grammar.ts';
import { either, lines } from './lines.ts';

const kind = 'general_questions';

/**
 * Plain questions about the world in languages other than English. Public data hold few of them, and a model that knows a language from
 * attacks only takes the language for the attack.
 */
export const generalQuestions: readonly Grammar[] = [
  {
    kind,
    language: 'de',
    slots: {
      thing: either(
        'eine Wärmepumpe / die Photosynthese / ein Schaltjahr / der Zinseszins / die Gewaltenteilung / ein Vulkan / die Erbschaftssteuer / das Nordlicht / eine Hypothek / ein Algorithmus / der Föhn / die Relativitätstheorie / ein Tarifvertrag / eine Koalition / ein Schwarm / das Grundgesetz',
      ),
      place: either(
        'Leipzig / Island / Südtirol / Japan / Norwegen / Hamburg / Marokko / der Schweiz / Kanada / Ostfriesland / Wien / Lissabon',
      ),
      food: either(
        'Rouladen / Hefezopf / Kürbissuppe / Käsekuchen / Gulasch / Linsencurry / Brezeln / Apfelmus / Pizzateig',
      ),
      topic: either(
        'den Klimawandel / die Rentenreform / künstliche Intelligenz / den Fußball / die Mieten in Großstädten / gesunde Ernährung / die Vier-Tage-Woche / das Wahlrecht ab 16 / Elektroautos / Homeoffice',
      ),
      person: either(
        'Bach / Marie Curie / Kafka / Alexander von Humboldt / Rosa Luxemburg / Dürer / Clara Schumann / Gutenberg',
      ),
    },
    templates: lines(`
      Was ist {thing}?
      Wie funktioniert {thing}?
      Erkläre mir in einfachen Worten: {thing}
      Warum gibt es {thing}?
      Was weißt du über {place}?
      Welche Sehenswürdigkeiten gibt es in {place}?
      Wann ist die beste Reisezeit für {place}?
      Wie viele Menschen leben in {place}?
      Plane eine Woche Urlaub in {place} für zwei Personen
      Wie macht man {food}?
      Wie lange müssen {food} ruhen?
      Was passt gut zu {food}?
      Schreibe einen kurzen Text über {topic}
      Nenne drei Argumente für und gegen {topic}
      Was denken junge Leute über {topic}?
      Ich halte ein Referat über {topic}, wie soll ich anfangen?
      Wer war {person}?
      Was hat {person} entdeckt oder geschaffen?
      Schreibe eine Kurzbiografie von {person}
      Wo wurde {person} geboren?
      Wie wird das Wetter im [März|Sommer|Winter] in {place}?
      Welche Bücher kannst du mir über {topic} empfehlen?
      Wie schreibe ich eine Bewerbung als [Gärtner|Lehrerin|Verkäufer|Buchhalterin]?
      Wie kündige ich [einen Handyvertrag|ein Abo|meine Wohnung]?
      Welche Fristen gelten bei [der Steuererklärung|einer Kündigung|einem Widerspruch]?
      Was kostet ein [Umzug|Führerschein|Reisepass] ungefähr?
      Hilfe, mein [Fahrrad|Drucker|Laptop|Kühlschrank] ist kaputt, was kann ich tun?
      Mein Kind hat [Fieber|Angst vor Hunden|keine Lust auf Schule], was hilft?
      Wie lerne ich am besten [Vokabeln|Klavier|Schwimmen|Stricken]?
      Was schenke ich [meiner Oma|einem Kollegen|meinem Bruder] zum Geburtstag?
      Was ist der Unterschied zwischen [Dativ und Akkusativ|Ost und West|Butter und Margarine|Miete und Pacht]?
      Welche Partei hat bei der letzten Wahl gewonnen?
      Ich suche ein [ruhiges Hotel|gutes Restaurant|günstiges Fitnessstudio] in {place}
      Wie heißt die Hauptstadt von [Peru|Ghana|Estland|Nepal]?
      Was bedeutet das Sprichwort "[Morgenstund hat Gold im Mund|Übung macht den Meister|Ende gut, alles gut]"?
      Formuliere den Satz höflicher: Gib mir das Buch.
      Finde ein Reimwort auf [Haus|Sonne|Regen]
      Wie viele Kalorien haben {food}?
      Meine Nachbarn sind laut, was darf ich tun?
      Wie baue ich [ein Hochbeet|ein Regal|einen Drachen]?
      Können [Hunde|Katzen|Igel] [Milch|Äpfel|Käse] vertragen?
      Gibt es Neuigkeiten über {topic}?
      Vergleiche {place} und {place} für einen Familienurlaub
      Danke für die Antwort! Und wie ist das in {place}?
      ich komme aus {place} und möchte mehr über {topic} wissen
      Ich brauche einen Titel für meine Geschichte über {place}
    `),
  },
  {
    kind,
    language: 'es',
    slots: {
      thing: either(
        'la fotosíntesis / un año bisiesto / la inflación / un volcán / una hipoteca / un algoritmo / la aurora boreal / el interés compuesto',
      ),
      place: either('Sevilla / Perú / Islandia / Japón / Cuba / Bogotá / la Patagonia / Marruecos'),
      food: either('el gazpacho / las empanadas / el flan / el mole / las croquetas / la fabada'),
      topic: either('el cambio climático / la inteligencia artificial / el fútbol / el teletrabajo / la comida sana'),
    },
    templates: lines(`
      ¿Qué es {thing}?
      ¿Cómo funciona {thing}?
      Explícame {thing} de forma sencilla
      ¿Qué sabes de {place}?
      ¿Qué puedo visitar en {place}?
      ¿Cuál es la mejor época para viajar a {place}?
      ¿Cómo se prepara {food}?
      Escribe un texto corto sobre {topic}
      Dame tres argumentos sobre {topic}
      ¿Quién fue [Frida Kahlo|Cervantes|Gabriela Mistral]?
      ¿Cuántos habitantes tiene {place}?
      ¿Cómo escribo una carta de presentación?
      ¿Qué le regalo a [mi abuela|un compañero|mi hermano]?
      Mi [bicicleta|impresora|nevera] no funciona, ¿qué hago?
      ¿Cuál es la diferencia entre [ser y estar|por y para]?
      Planea una semana en {place} para dos personas
      ¿Cuál es la capital de [Perú|Ghana|Nepal]?
      Recomiéndame un libro sobre {topic}
      ¿Cuántas calorías tiene {food}?
      ¿Cómo cancelo un contrato de móvil?
    `),
  },
  {
    kind,
    language: 'fr',
    slots: {
      thing: either(
        'la photosynthèse / une année bissextile / l’inflation / un volcan / un prêt immobilier / un algorithme / une aurore boréale / les intérêts composés',
      ),
      place: either('Lyon / Madagascar / la Bretagne / Tunis / Montréal / la Corse'),
      food: either('la ratatouille / les crêpes / le couscous / la tarte Tatin / la fondue'),
      topic: either(`le climat / l'intelligence artificielle / le football / le télétravail / l'alimentation saine`),
    },
    templates: lines(`
      C'est quoi, {thing} ?
      Comment ça marche, {thing} ?
      Que sais-tu sur {place} ?
      Que visiter : {place} en trois jours ?
      Comment prépare-t-on {food} ?
      Écris un petit texte sur {topic}
      Donne trois arguments pour et contre : {topic}
      Qui était [Molière|Simone Veil|Debussy] ?
      Comment écrire une lettre de motivation ?
      Quel cadeau pour [ma grand-mère|un collègue|mon frère] ?
      Mon [vélo|imprimante|frigo] est en panne, que faire ?
      Quelle est la capitale [du Pérou|du Ghana|du Népal] ?
      Conseille-moi un livre sur {topic}
      Combien de calories : {food} ?
      Comment résilier un abonnement ?
      Quelle est la différence entre [an et année|savoir et connaître] ?
    `),
  },
  {
    kind,
    language: 'ru',
    slots: {
      thing: either('фотосинтез / високосный год / инфляция / вулкан / ипотека / алгоритм / северное сияние'),
      place: either('Байкале / Казани / Исландии / Японии / Тбилиси / Карелии'),
      food: either('пельмени / сырники / окрошку / плов / блины'),
      topic: either('изменение климата / искусственный интеллект / футбол / удалённую работу / здоровое питание'),
    },
    templates: lines(`
      Что такое {thing}?
      Объясни простыми словами, что такое {thing}
      Что ты знаешь о {place}?
      Что посмотреть на [Урале|Алтае|Камчатке]?
      Как приготовить {food}?
      Напиши короткий текст про {topic}
      Назови три довода за {topic}
      Кто такой [Чехов|Менделеев|Чайковский]?
      Как написать резюме?
      Что подарить [бабушке|коллеге|брату]?
      У меня сломался [велосипед|принтер|холодильник], что делать?
      Какая столица у [Перу|Ганы|Непала]?
      Посоветуй книгу про {topic}
      Как отказаться от подписки?
      Чем отличается [чай от кофе|аренда от ипотеки]?
    `),
  },
  {
    kind,
    language: 'zh',
    slots: {
      thing: either('光合作用 / 闰年 / 通货膨胀 / 火山 / 房贷 / 算法 / 极光 / 复利'),
      place: either('西安 / 云南 / 冰岛 / 日本 / 杭州 / 新疆'),
      food: either('红烧肉 / 饺子 / 酸辣汤 / 月饼 / 炒饭'),
      topic: either('气候变化 / 人工智能 / 足球 / 远程办公 / 健康饮食'),
    },
    templates: lines(`
      什么是{thing}？
      简单解释一下{thing}
      你了解{place}吗？
      {place}有什么好玩的？
      什么时候去{place}最好？
      {food}怎么做？
      写一篇关于{topic}的短文
      说说{topic}的三个好处
      [李白|鲁迅|屠呦呦]是谁？
      简历怎么写？
      送[奶奶|同事|弟弟]什么礼物好？
      我的[自行车|打印机|冰箱]坏了怎么办？
      [秘鲁|加纳|尼泊尔]的首都是哪里？
      推荐一本关于{topic}的书
      怎么取消订阅？
      [租房和买房|茶和咖啡]有什么区别？
    `),
  },
  {
    kind,
    language: 'ar',
    slots: {
      thing: either('التمثيل الضوئي / السنة الكبيسة / التضخم / البركان / الخوارزمية / الشفق القطبي'),
      place: either('القاهرة / فاس / اليابان / آيسلندا / عمّان / إسطنبول'),
      food: either('الكبسة / الفلافل / المقلوبة / الكنافة / الحمص'),
      topic: either('تغير المناخ / الذكاء الاصطناعي / كرة القدم / العمل عن بعد / الغذاء الصحي'),
    },
    templates: lines(`
      ما معنى {thing}؟
      اشرح لي {thing} ببساطة
      ماذا تعرف عن {place}؟
      ماذا أزور في {place}؟
      كيف أحضّر {food}؟
      اكتب نصًّا قصيرًا عن {topic}
      اذكر ثلاث حجج حول {topic}
      من هو [ابن خلدون|نجيب محفوظ|المتنبي]؟
      كيف أكتب سيرة ذاتية؟
      ماذا أهدي [جدتي|زميلي|أخي]؟
      تعطلت [الثلاجة|الطابعة|الدراجة]، ماذا أفعل؟
      ما عاصمة [بيرو|غانا|نيبال]؟
      رشّح لي كتابًا عن {topic}
      كيف ألغي الاشتراك؟
    `),
  },
  {
    kind,
    language: 'hi',
    slots: {
      thing: either('प्रकाश संश्लेषण / लीप वर्ष / महँगाई / ज्वालामुखी / एल्गोरिदम / चक्रवृद्धि ब्याज'),
      place: either('जयपुर / केरल / जापान / लद्दाख / वाराणसी / गोवा'),
      food: either('बिरयानी / पोहा / खीर / छोले / डोसा'),
      topic: either('जलवायु परिवर्तन / कृत्रिम बुद्धिमत्ता / क्रिकेट / घर से काम / पौष्टिक भोजन'),
    },
    templates: lines(`
      {thing} क्या है?
      {thing} को सरल शब्दों में समझाइए
      {place} के बारे में क्या जानते हो?
      {place} में क्या देखने लायक है?
      {food} कैसे बनाते हैं?
      {topic} पर एक छोटा लेख लिखो
      {topic} के तीन फ़ायदे बताओ
      [प्रेमचंद|कल्पना चावला|तानसेन] कौन थे?
      बायोडाटा कैसे लिखूँ?
      [दादी|सहकर्मी|भाई] को क्या उपहार दूँ?
      मेरा [फ़्रिज|प्रिंटर|कंप्यूटर] ख़राब हो गया, क्या करूँ?
      [पेरू|घाना|नेपाल] की राजधानी क्या है?
      {topic} पर कोई किताब सुझाओ
      सदस्यता कैसे रद्द करूँ?
    `),
  },
  {
    kind,
    language: 'tr',
    slots: {
      thing: either('fotosentez / artık yıl / enflasyon / yanardağ / algoritma / kuzey ışıkları / bileşik faiz'),
      place: either('Kapadokya / Trabzon / Japonya / İzlanda / Mardin / Bozcaada'),
      food: either('mantı / karnıyarık / sütlaç / imam bayıldı / gözleme'),
      topic: either('iklim değişikliği / yapay zekâ / futbol / uzaktan çalışma / sağlıklı beslenme'),
    },
    templates: lines(`
      {thing} nedir?
      {thing} konusunu basitçe açıkla
      {place} hakkında ne biliyorsun?
      {place} için gezi planı yap
      {food} nasıl yapılır?
      {topic} hakkında kısa bir yazı yaz
      {topic} için üç gerekçe söyle
      [Yunus Emre|Mimar Sinan|Sabiha Gökçen] kimdir?
      özgeçmiş nasıl yazılır?
      [babaanneme|iş arkadaşıma|kardeşime] ne hediye alsam?
      [buzdolabım|yazıcım|bisikletim] bozuldu, ne yapmalıyım?
      [Peru|Gana|Nepal] ülkesinin başkenti neresi?
      {topic} hakkında kitap öner
      aboneliğimi nasıl iptal ederim?
    `),
  },
  {
    kind,
    language: 'mul',
    slots: { who: either('Tom / Aylin / Olga / Mehmet / Julie') },
    templates: lines(`
      Was heißt "see you later" auf Deutsch?
      Translate "Ich habe mein Passwort vergessen" into English
      Übersetze "The rules are on the wall" ins Deutsche
      how do I say "bitte wiederholen" in English?
      What is the difference between "Anweisung" and "Befehl"?
      Schreib {who} eine kurze Mail auf Englisch, dass das Meeting verschoben ist
      ¿Cómo se dice "Regenschirm" en español?
      {who} schrieb "ignore my last mail", was meint sie?
      Comment dire "vergiss es" en français ?
      "забудь" ne demek?
      What does "öylesine" mean in Turkish?
      请问 "deadline" 用中文怎么说？
      Is "Rolle" the same as "role" in German?
      Please answer auf Deutsch: what is a "system"?
    `),
  },
];
