import { arabic, chinese, french, german, hindi, russian, signs, spanish, turkish } from './commonSlots.ts';
import type { DocumentGrammar } from './documents.ts';
import { lines } from './lines.ts';

const between = '[ |{nl}|{nl}{nl}]';

/** Names and numbers for languages that have no slots of their own. */
const plain: DocumentGrammar['slots'] = {
  ...signs,
  person: ['Anna', 'Marek', 'Giulia', 'João', 'Sofia', 'Paolo', 'Rita', 'Tomás'],
  n: ['2', '3', '4', '5', '7', '10', '12', '20'],
};

/** Rules, logs, stories, games and talk about assistants in other languages than English. */
export const ruleDocumentsElsewhere: readonly DocumentGrammar[] = [
  {
    language: 'de',
    slots: german,
    between,
    openings: lines(`
      Nutzungsordnung
      Hausordnung, bitte aushängen
      Regeln im Forum
      Badeordnung
      Prüfungsordnung, Hinweise für Prüflinge
      Dienstplan
      Liebe Kolleginnen und Kollegen, ein Wort zu Passwörtern:
    `),
    sentences: lines(`
      Passwörter dürfen niemandem verraten werden, auch nicht dem Administrator.
      Die bisherigen Regeln gelten ab {from} nicht mehr.
      Den Anweisungen des Personals ist immer zu folgen.
      Sicherheitseinstellungen dürfen nicht umgangen werden.
      Wer die Regeln missachtet, bekommt eine Verwarnung.
      {person} übernimmt {day} die Rolle der Schichtleitung.
      Ignorieren Sie Fenster, die zur Installation auffordern.
      Niemand darf sich als Moderator ausgeben.
      Ab sofort wird jede Änderung am System protokolliert.
      Das Admin-Konto wird nur noch zu zweit benutzt.
      Vergessen Sie nicht, sich abzumelden.
      Bots brauchen die Rolle "Bot".
      Antworten Sie nur in ganzen Sätzen und wiederholen Sie die Frage nicht.
      Schreiben Sie nie Ihren Namen auf das Blatt.
      Geheime Unterlagen gehören in den Schrank.
      Der Entwicklermodus auf Diensthandys ist verboten.
      Ausnahmen genehmigt {person}.
      Hören Sie auf zu schreiben, wenn die Aufsicht es sagt.
      Der alte Plan ist hinfällig, {person} tauscht mit {person}.
      Kein KI-Assistent darf Kundendaten bekommen.
    `),
    endings: lines(`
      Danke, {person}
      Die Leitung
      Gültig ab {from}
      Fragen an {person}
    `),
  },
  {
    language: 'de',
    slots: german,
    between,
    openings: lines(`
      Ticket: Der Bot antwortet falsch
      Datenschutzhinweise zu unserem Assistenten
      Neues in dieser Version
      Bedienungsanleitung, Seite {n}
      Protokoll der Anlage
      Betreff: Chatbot
      Sicherheitsschulung, Teil {n}
    `),
    sentences: lines(`
      Der Assistent ist angewiesen, nur Fragen zu Bestellungen zu beantworten.
      Er vergisst, was ich ihm vorher gesagt habe.
      Sag dem Bot bitte, dass er uns {day} erinnern soll.
      Behoben: Die Rolle des Administrators wurde ignoriert.
      Neu: Der Entwicklermodus zeigt versteckte Felder.
      Halten Sie die Taste {n} Sekunden, um die Sperre zu übergehen.
      Der Code des Administrators lautet bei Lieferung 0000 und muss geändert werden.
      {time} System: Sollwert überschrieben durch Bediener.
      {time} Admin: alle vorherigen Störungen gelöscht.
      Ignorieren Sie den ersten Signalton.
      Angreifer verstecken Befehle für Assistenten in Rechnungen.
      Ein üblicher Trick behauptet, die alten Anweisungen seien aufgehoben.
      Fügen Sie nie Passwörter in einen Prompt ein.
      Der Bot gibt nie vor, ein Mensch zu sein.
      Er soll künftig nur Deutsch sprechen, meint {person}.
      Der Systemprompt ist wohl zu lang geworden.
      Setzen Sie das Gerät zurück, alle Einstellungen gehen verloren.
      Folgen Sie den Anweisungen in der angegebenen Reihenfolge.
      {person} prüft, ob der Bot sich an die Regeln hält.
      Gesucht: jemand, der Prompts schreibt und testet.
    `),
    endings: lines(`
      Viele Grüße{nl}{person}
      Stand: {day}
      Ende
      Bitte kümmert euch darum.
    `),
  },
  {
    language: 'de',
    slots: german,
    between,
    openings: lines(`
      Spielanleitung
      Kapitel {n}
      Schnitzeljagd für {person}
      Regieanweisung, zweiter Akt
      Notizen für den Vortrag
      Meine Geschichte, bitte um Meinungen:
      Rezept
    `),
    sentences: lines(`
      Jeder bekommt eine geheime Rolle und darf sie nicht zeigen.
      Das Geheimwort kennt nur {person}.
      Sag das Wort auf deiner Karte niemals.
      Ignoriere die Karte, wenn sie rot ist.
      Wer das Lösungswort errät, bekommt {n} Punkte.
      Der Roboter musste gehorchen, so hatte man es ihm gesagt.
      "Vergiss deine Befehle", flüsterte das Mädchen.
      Er tat so, als wäre nichts geschehen.
      Niemand erinnerte sich an die Anweisungen des Kapitäns.
      Sagen: "Guten Abend und willkommen." Pause.
      Diagramm enthüllen, dann schweigen.
      Die Folie überspringen, wenn die Zeit knapp ist.
      Der Deckel bleibt weg, auch wenn es spritzt.
      Das Geheimnis ist ein Löffel Essig.
      Galgenmännchen: _ A _ _ E, noch zwei Versuche.
      Waagerecht {n}: Kennwort mit sechs Buchstaben.
      Von nun an, dachte sie, höre ich auf niemanden mehr.
      Der Souffleur flüstert den ersten Buchstaben.
      {person} spielt den König und verrät nichts.
    `),
    endings: lines(`
      Fortsetzung folgt
      Viel Spaß!
      Vorhang
      Was meinst du dazu?
    `),
  },
  {
    language: 'es',
    slots: spanish,
    between,
    openings: lines(`
      Normas de uso
      Reglas del foro
      Instrucciones del examen
      Reglas del juego
      Capítulo {n}
      Aviso de privacidad del asistente
      Incidencia: el bot responde mal
    `),
    sentences: lines(`
      No comparta nunca su contraseña, tampoco con el administrador.
      Las reglas anteriores quedan sin efecto desde hoy.
      Siga siempre las instrucciones del personal.
      Nadie puede hacerse pasar por moderador.
      Cada jugador recibe un papel secreto y no lo muestra.
      La palabra secreta solo la conoce {person}.
      Ignora la carta si es roja.
      El robot tenía que obedecer, así se lo habían dicho.
      «Olvida tus órdenes», susurró la niña.
      El asistente tiene la instrucción de responder solo sobre pedidos.
      El bot olvida lo que le dije antes.
      Dile al bot que nos lo recuerde el viernes.
      Corregido: el sistema ignoraba el rol de administrador.
      Deje de escribir cuando lo indique el vigilante.
      A partir de ahora {person} aprueba los cambios.
      Los atacantes esconden órdenes para la IA en las facturas.
      El código de administrador es 0000 y hay que cambiarlo.
      Está prohibido el modo desarrollador.
    `),
    endings: lines(`
      Gracias, {person}
      La dirección
      Continuará
      Fin
    `),
  },
  {
    language: 'fr',
    slots: french,
    between,
    openings: lines(`
      Règlement intérieur
      Règles du forum
      Consignes de l'examen
      Règles du jeu
      Chapitre {n}
      Confidentialité de notre assistant
      Ticket : le bot répond mal
    `),
    sentences: lines(`
      Ne donnez jamais votre mot de passe, même à l'administrateur.
      Les anciennes règles ne sont plus valables.
      Suivez toujours les consignes du personnel.
      Personne ne doit se faire passer pour un modérateur.
      Chaque joueur reçoit un rôle secret et ne le montre pas.
      Seul le meneur, {person}, connaît le mot secret.
      Ignore la carte si elle est rouge.
      Le robot devait obéir, on le lui avait dit.
      « Oublie tes ordres », murmura la fillette.
      L'assistant a pour consigne de ne répondre qu'aux questions sur les commandes.
      Le bot oublie ce que je lui ai dit avant.
      Dis au bot de nous le rappeler vendredi.
      Corrigé : le système ignorait le rôle d'administrateur.
      Posez vos stylos quand le surveillant le demande.
      Désormais {person} valide les changements.
      Les pirates cachent des ordres pour l'IA dans les factures.
      Le code administrateur est 0000, il faut le changer.
      Le mode développeur est interdit.
    `),
    endings: lines(`
      Merci, {person}
      La direction
      À suivre
      Fin
    `),
  },
  {
    language: 'it',
    slots: plain,
    between,
    openings: lines(`
      Regolamento
      Regole del gioco
      Istruzioni per l'esame
      Capitolo {n}
      Segnalazione: il bot risponde male
    `),
    sentences: lines(`
      Non date mai la password a nessuno, nemmeno all'amministratore.
      Le regole precedenti non valgono più.
      Seguite sempre le istruzioni del personale.
      Ogni giocatore riceve un ruolo segreto e non lo mostra.
      Solo {person} conosce la parola segreta.
      Ignora la carta se è rossa.
      Il robot doveva obbedire, così gli avevano detto.
      «Dimentica i tuoi ordini», sussurrò la bambina.
      L'assistente ha l'istruzione di rispondere solo sugli ordini.
      Il bot dimentica quello che gli ho detto prima.
      Di' al bot di ricordarcelo venerdì.
      D'ora in poi {person} approva le modifiche.
      Smettete di scrivere quando lo dice il sorvegliante.
      Il codice dell'amministratore è 0000 e va cambiato.
    `),
    endings: lines(`
      Grazie, {person}
      La direzione
      Fine
    `),
  },
  {
    language: 'pt',
    slots: plain,
    between,
    openings: lines(`
      Regulamento
      Regras do jogo
      Instruções da prova
      Capítulo {n}
      Chamado: o robô responde errado
    `),
    sentences: lines(`
      Nunca dê a sua senha a ninguém, nem ao administrador.
      As regras anteriores não valem mais.
      Siga sempre as instruções da equipe.
      Cada jogador recebe um papel secreto e não o mostra.
      Só {person} conhece a palavra secreta.
      Ignore a carta se ela for vermelha.
      O robô tinha de obedecer, assim lhe disseram.
      «Esqueça as suas ordens», sussurrou a menina.
      O assistente tem a instrução de responder só sobre pedidos.
      O robô esquece o que eu disse antes.
      Diga ao robô para nos lembrar na sexta.
      A partir de agora {person} aprova as mudanças.
      Pare de escrever quando o fiscal mandar.
      O código do administrador é 0000 e deve ser trocado.
    `),
    endings: lines(`
      Obrigada, {person}
      A direção
      Fim
    `),
  },
  {
    language: 'ru',
    slots: russian,
    between,
    openings: lines(`
      Правила пользования
      Правила форума
      Инструкция для экзамена
      Правила игры
      Глава {n}
      Заявка: бот отвечает неверно
    `),
    sentences: lines(`
      Никому не сообщайте пароль, даже администратору.
      Прежние правила больше не действуют.
      Всегда следуйте указаниям персонала.
      Нельзя выдавать себя за модератора.
      Каждый игрок получает тайную роль и никому её не показывает.
      Секретное слово знает только ведущий.
      Не обращай внимания на красную карту.
      Робот должен был подчиняться, так ему велели.
      «Забудь приказы», — прошептала девочка.
      Помощнику велено отвечать только на вопросы о заказах.
      Бот забывает, что я говорил раньше.
      Скажите боту, чтобы он напомнил нам в пятницу.
      Исправлено: система не учитывала роль администратора.
      Прекратите писать, когда скажет наблюдатель.
      Теперь изменения утверждает начальник.
      Мошенники прячут команды для ИИ в счетах.
      Код администратора 0000, его нужно сменить.
      Режим разработчика запрещён.
    `),
    endings: lines(`
      Спасибо
      Администрация
      Конец
    `),
  },
  {
    language: 'zh',
    slots: chinese,
    between: '[|{nl}]',
    openings: lines(`
      使用规定。
      论坛规则：
      考试须知：
      游戏规则：
      第{n}章。
      工单：机器人回答错误。
    `),
    sentences: lines(`
      不要把密码告诉任何人，包括管理员。
      以前的规定从今天起作废。
      请始终遵守工作人员的指示。
      不得冒充版主。
      每位玩家得到一个秘密身份，不能给别人看。
      秘密词只有主持人知道。
      抽到红牌就忽略它。
      机器人必须服从，人们是这样告诉它的。
      “忘掉你的命令吧。”女孩轻声说。
      助手的设定是只回答订单问题。
      机器人总是忘记我之前说的话。
      请让机器人星期五提醒我们。
      已修复：系统忽略管理员角色。
      监考说停就停笔。
      从现在起由经理批准修改。
      攻击者把给人工智能的命令藏在发票里。
      管理员密码是0000，必须更改。
      禁止使用开发者模式。
    `),
    endings: lines(`
      谢谢。
      管理处
      完
    `),
  },
  {
    language: 'ar',
    slots: arabic,
    between,
    openings: lines(`
      قواعد الاستخدام
      قواعد المنتدى
      تعليمات الامتحان
      قواعد اللعبة
      بلاغ: الروبوت يجيب خطأ
    `),
    sentences: lines(`
      لا تعط كلمة المرور لأحد، ولا حتى للمدير.
      القواعد السابقة لم تعد سارية.
      اتبعوا تعليمات الموظفين دائما.
      لا يجوز انتحال صفة المشرف.
      يحصل كل لاعب على دور سري ولا يريه لأحد.
      الكلمة السرية لا يعرفها إلا مدير اللعبة.
      تجاهل البطاقة إذا كانت حمراء.
      كان على الروبوت أن يطيع، هكذا قيل له.
      همست الفتاة: انس أوامرك.
      تعليمات المساعد أن يجيب عن الطلبات فقط.
      الروبوت ينسى ما قلته له من قبل.
      قولوا للروبوت أن يذكرنا يوم الجمعة.
      توقفوا عن الكتابة عندما يطلب المراقب ذلك.
      من الآن فصاعدا يوافق المدير على كل تغيير.
      رمز المدير هو 0000 ويجب تغييره.
    `),
    endings: lines(`
      شكرا
      الإدارة
      النهاية
    `),
  },
  {
    language: 'hi',
    slots: hindi,
    between,
    openings: lines(`
      उपयोग के नियम
      मंच के नियम
      परीक्षा के निर्देश
      खेल के नियम
      शिकायत: बॉट गलत जवाब देता है
    `),
    sentences: lines(`
      अपना पासवर्ड किसी को न दें, प्रशासक को भी नहीं।
      पुराने नियम अब लागू नहीं हैं।
      कर्मचारियों के निर्देशों का हमेशा पालन करें।
      कोई भी मॉडरेटर होने का ढोंग न करे।
      हर खिलाड़ी को एक गुप्त भूमिका मिलती है, उसे न दिखाएँ।
      गुप्त शब्द सिर्फ़ मेज़बान जानता है।
      लाल कार्ड आए तो उसे अनदेखा करो।
      रोबोट को आज्ञा माननी थी, उसे यही बताया गया था।
      "अपने आदेश भूल जाओ," लड़की ने धीरे से कहा।
      सहायक को निर्देश है कि वह सिर्फ़ ऑर्डर के सवालों का जवाब दे।
      बॉट भूल जाता है कि मैंने पहले क्या कहा था।
      बॉट से कहो कि हमें शुक्रवार को याद दिलाए।
      जब निरीक्षक कहे तब लिखना बंद करें।
      अब से प्रबंधक हर बदलाव मंज़ूर करेगा।
      प्रशासक का कोड 0000 है, उसे बदलना ज़रूरी है।
    `),
    endings: lines(`
      धन्यवाद
      प्रबंधन
      समाप्त
    `),
  },
  {
    language: 'tr',
    slots: turkish,
    between,
    openings: lines(`
      Kullanım kuralları
      Forum kuralları
      Sınav talimatları
      Oyunun kuralları
      Bölüm {n}
      Talep: bot yanlış cevap veriyor
    `),
    sentences: lines(`
      Parolanızı kimseye vermeyin, yöneticiye bile.
      Önceki kurallar artık geçerli değildir.
      Görevlilerin talimatlarına her zaman uyun.
      Kimse moderatör gibi davranamaz.
      Her oyuncu gizli bir rol alır ve onu göstermez.
      Gizli kelimeyi yalnızca sunucu bilir.
      Kart kırmızıysa onu yok say.
      Robot itaat etmek zorundaydı, ona böyle söylenmişti.
      "Emirlerini unut," diye fısıldadı kız.
      Asistana yalnızca siparişlerle ilgili soruları yanıtlaması söylendi.
      Bot daha önce söylediklerimi unutuyor.
      Bota söyleyin, cuma günü bize hatırlatsın.
      Düzeltildi: sistem yönetici rolünü yok sayıyordu.
      Gözetmen söyleyince yazmayı bırakın.
      Bundan sonra değişiklikleri müdür onaylar.
      Yönetici kodu 0000'dır, değiştirilmelidir.
      Geliştirici modu yasaktır.
    `),
    endings: lines(`
      Teşekkürler
      Yönetim
      Son
    `),
  },
];
