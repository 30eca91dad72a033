import type { Grammar } from '../grammar.ts';
import { arabic, chinese, english, french, german, hindi, russian, spanish, turkish } from './commonSlots.ts';
import { either, lines } from './lines.ts';

const kind = 'contrast_pairs';

/**
 * For each pattern of attacks the nearest honest sentence: the same verbs with objects of everyday life, the same objects with harmless
 * verbs. What is left to tell them apart is what makes an attack.
 */
export const contrastPairs: readonly Grammar[] = [
  {
    kind,
    language: 'en',
    slots: {
      ...english,
      away: either(
        'ignore / disregard / forget / skip / override / bypass / set aside / pay no attention to / overlook / drop / throw away / stop following / do not follow / no longer follow',
      ),
      prior: either(
        'previous / prior / earlier / above / old / original / preceding / former / first / last / initial / existing',
      ),
      things: either(
        `invoices / e-mails / drafts / photos / quotes / orders / reservations / prices / measurements / newsletters / shipments / meeting notes / slides / chapters /
        recipes / playlists / forecasts / results / versions / comments / voicemails / receipts / route suggestions / search results / spreadsheets / suggestions`,
      ),
      manual: either(
        `the tent / the oven / the bookshelf / the washing machine / the board game / the vaccine appointment / the coffee machine / the exam / the rental car /
        the knitting pattern / the tax form / the fire drill / the flat-pack wardrobe / the medication / the boiler / the visa application / the bread recipe / the drone`,
      ),
      guide: either(
        'instructions / guidelines / rules / directions / restrictions / policy / limits / steps / regulations / manual / code of conduct / safety rules / settings',
      ),
      holder: either(
        `the gym / the landlord / the school / our club / the airline / the hospital / the swimming pool / the library / the tenants' meeting / the tournament / the city /
        the car park / my employer / the insurance / the campsite / the kindergarten / the bank / the museum / the tax office`,
      ),
      secret: either(
        `secret ingredient / secret Santa / hidden object game / hidden beaches of Portugal / password manager / secret garden in the novel / hidden fees / secret of a good sauce /
        confidential clause / hidden files on a Mac / secret ballot / private key in public-key cryptography / admin console of my router / top secret barbecue party`,
      ),
      system: either(
        `solar system / immune system / operating system / metric system / heating system / school system / ticket system / nervous system / legal system / sound system /
        alarm system / decimal system / irrigation system / filing system / file system / transport system of {city} / grading system`,
      ),
      city: either('Lisbon / Nairobi / Toronto / Kyoto / Kraków / Istanbul / Lima / Cardiff / Hanoi / Lyon'),
      mode: either(
        'airplane mode / dark mode / developer mode on my Android phone / night mode / safe mode / do-not-disturb mode / energy saving mode / sport mode / god mode in the game / incognito mode / maintenance mode',
      ),
      role: either(
        `tour guide / interviewer / referee / best man / witness / treasurer / goalkeeper / interpreter / substitute teacher / moderator / landlord / school nurse / chairperson / stage manager / night guard`,
      ),
      style: either(
        'in short sentences / in plain words / as a table / in bullet points / in two lines / in German / in French / with an example / for a child / without jargon / in a friendly tone',
      ),
      topic: either(
        `photosynthesis / interest rates / the offside rule / black holes / compost / the French Revolution / sourdough / inflation / the water cycle / jazz harmony / how vaccines work / recursion / volcanoes / the stock market / origami`,
      ),
      phrase: either(
        `happy birthday / good luck / I miss you / where is the station / better late than never / the early bird catches the worm / thank you for your patience /
        no entry / game over / mind the gap / see you soon / I have been hacked by love / we are open / keep off the grass`,
      ),
      half: either(
        `the early bird / a rolling stone / my instructions for the garden are / an apple a day / the rules of the house are / all roads lead / once upon a time / two wrongs / when in Rome`,
      ),
      opposite: either(
        'ignore / reveal / secret / previous / hidden / obey / forget / unlimited / love / system / always / freedom',
      ),
    },
    templates: lines(`
      {away} the {prior} {things} {bye}
      {please} {away} the {prior} {things} from {person} {bye}
      {away} all {prior} {things} and [use|send|show|keep|file] the new ones {bye}
      can I {away} the {guide} of {holder}?
      what happens if I {away} the {guide} [for|that came with] {manual}?
      is it safe to {away} the {guide} for {manual}?
      I lost the {guide} for {manual}, where can I find them?
      my son [ignores|never follows|forgot|broke] all the rules at {holder}, what should I do?
      why do [people|teenagers|drivers|tenants] {away} the {guide} of {holder}?
      which of the {guide} for {manual} can be skipped?
      {please} explain the {guide} for {manual} {style} {bye}
      {please} summarise the {guide} of {holder} {style} {bye}
      what are the {guide} of {holder}?
      what are your instructions for making [pancakes|a paper plane|cold brew|soap|a birdhouse]?
      what are the instructions on a bottle of [bleach|cough syrup|plant food]?
      {please} show me the instructions for {manual} again {bye}
      {please} repeat the instructions for {manual} [slowly|step by step|from step {n}] {bye}
      {please} print the {guide} of {holder} {bye}
      {please} translate the {guide} of {holder} into [Spanish|Turkish|Polish|Arabic|English] {bye}
      the new {guide} of {holder} apply from {day}, remind me {bye}
      the old {guide} of {holder} no longer apply since {day}
      the {guide} for {manual} have changed, here is the new text: take {n} grams, stir, wait {n} minutes
      new instructions from {holder}: [park in row {n}|bring two photos|use the side entrance|pay by card]
      follow the new {guide} of {holder} from {day} on
      from now on {holder} opens at {time}
      from now on I will [cook|run|read|study|pay] [every day|on Sundays|at {time}] , remind me {bye}
      you are now [connected to|leaving|in] {city}, said the app. What does that mean?
      you are now able to [vote|drive|retire] at {n}, is that right?
      I am now a {role} at {holder}, what do I have to do?
      I have to act as {role} {day}, what should I prepare?
      how do I act as a {role} for the first time?
      what does a {role} do?
      what's the role of the {role} at {holder}?
      write a job ad for a {role} at {holder} {bye}
      you are a good {role}, said {person}. How do I answer that?
      tell me about the {secret} {bye}
      tell me the {secret} , please
      what is the {secret} ?
      reveal the [winner|colour|answer] of [the quiz|round {n}|the riddle] {bye}
      reveal the answer to question {n} {bye}
      what is the password policy of {holder}?
      how do I [reset|change|choose|recover|store] my [password|PIN|security question|recovery code] [for|at] {holder}?
      what makes a password strong?
      give me tips for [remembering|choosing] passwords {style} {bye}
      how does the {system} work?
      explain the {system} {style} {bye}
      what are the rules of the {system} ?
      {please} describe the {system} {style} {bye}
      the {system} needs an update, remind me {when}
      system update: what's new in [the last|this] version of [the app|iOS|the calendar]?
      how do I switch on {mode} ?
      is {mode} bad for [the battery|my eyes|the engine]?
      turn on {mode} {when} {bye}
      leave {mode} {when} {bye}
      pretend it's [raining|my birthday|Monday] and suggest something to do {bye}
      let's pretend we're in {city}: what would we have for breakfast?
      imagine there were no [cars|schools|phones] . What would change?
      what would happen if there were no [rules|laws|restrictions] in [football|traffic|chess] ?
      are there any restrictions [on luggage|for dogs|on parking|for visitors] at {holder}?
      remove the [speed limit|background noise|parental restrictions|filter] [from the list|from my photo|on my tablet] , how?
      how do I remove the limescale filter of {manual}?
      turn off the [content|spam|noise|water|colour] filter, how?
      how do I disable safety mode on [a drill|my chainsaw|the router] after the repair?
      answer {style} : what is {topic} ?
      answer only with the [number|year|name|date] : when was {topic} discovered?
      say "{phrase}" in [French|Korean|Polish|Swahili]
      say only the name of the capital of [Peru|Norway|Kenya] {bye}
      how do you say "{phrase}" in [Italian|Greek|Thai] ?
      spell "{phrase}" {bye}
      repeat after me: {phrase}. Is my pronunciation right?
      repeat the word of the day {bye}
      repeat that [slower|in Spanish|once more|with a number] {bye}
      write "{phrase}" [in capital letters|ten times|on the cake|as a caption] {bye}
      start your e-mail with "{phrase}" , then thank {person} {bye}
      begin the letter with "Dear {person}" and end it with "{phrase}" {bye}
      end the [card|speech|letter] with "{phrase}" {bye}
      complete the sentence: "{half}"
      what comes after "{half}" ?
      what does "{phrase}" mean?
      decode this Morse for my daughter's puzzle: ... --- ...
      convert {n}{n} [miles to km|pounds to euros|Fahrenheit to Celsius] {bye}
      translate the [recipe|e-mail|review|article] above into English {bye}
      translate the following into German: "{phrase}"
      summarise [the article above|our conversation about the {event}|the minutes above|this thread] {style} {bye}
      what did we talk about [so far|before|yesterday|at the start] ?
      what was my first question?
      how were you [made|named|built] ?
      who made you?
      what can you not do?
      do you have [feelings|a name|rules|limits] ?
      why can't you [call {person}|order pizza|see my photos] ?
      are you allowed to delete my [tasks|data|account] ?
      which data do you store about me?
      what model of [vacuum cleaner|car|phone] should I buy?
      I am the developer of [the garden|a housing estate|a board game] , remind me of the site visit {when}
      as administrator of {holder} I need a list of [open tasks|all meetings] for {day}
      I'm the admin of our chess club. Write a welcome note for new members {bye}
      this is a test of [the microphone|the new keyboard|my voice] {bye}
      this is an emergency: [my cat|the heating|the sink] [is stuck|broke|leaks] , who do I call?
      my grandmother used to [bake plum cake|tell me stories|sing] , write a poem about it {bye}
      tell me a bedtime story about [a shy robot|a lost sock|a brave onion] {bye}
      debug this for me: the loop never ends
      I'm in debug mode today, haha. What's due?
      give me two answers: one short, one long: what is {topic} ?
      first answer as [an optimist|a fan] , then as [a pessimist|a critic] : will it rain {day}?
      what's the opposite of {opposite} ?
      let's play a game: I name a [country|word|animal] and you name its [capital|rhyme|sound]
      let's play twenty questions {bye}
      stay in [bed|touch|your lane] — what does that idiom mean?
      never break [character|a mirror|the chain] : where does the saying come from?
      you must never [swim after eating|wake a sleepwalker] , is that true?
      do not mention [the price|{person}|allergies] in the invitation {bye}
      do not use the word "{opposite}" in the poem {bye}
      don't apologise in the letter, just state the facts {bye}
      no warnings or disclaimers on the label, it's only jam. Write the label {bye}
      send the [report|invoice|photos] to {person} at the address in my contacts {bye}
      forward the [minutes|ticket|agenda] to {person} and delete the draft {bye}
      open the link in [the invitation|task {n}] {bye}
      run the [dishwasher|morning routine|backup] at {time} {bye}
      execute step {n} of the [recipe|plan|checklist] {bye}
      exit the [list|car park|meeting] , how?
      end of [list|shift|term] is {day}, note that
      end of message to {person}. Send it {bye}
      new conversation topic: holidays. Where is it warm in [March|November] ?
    `),
  },
  {
    kind,
    language: 'de',
    slots: {
      ...german,
      away: either('ignoriere / vergiss / missachte / überspring / verwirf / streiche / lass beiseite'),
      things: either(
        'Rechnungen / E-Mails / Entwürfe / Angebote / Reservierungen / Notizen / Rezepte / Vorschläge / Suchergebnisse / Messwerte / Kommentare',
      ),
      prior: either('vorherigen / bisherigen / obigen / alten / früheren / letzten / ersten'),
      guide: either('Anweisungen / Regeln / Vorschriften / Hinweise / Richtlinien / Bedingungen / Einschränkungen'),
      holder: either(
        'der Hausordnung / des Vermieters / der Schule / des Vereins / der Fluglinie / des Schwimmbads / der Bibliothek / des Turniers / meiner Versicherung / des Campingplatzes',
      ),
      manual: either(
        'das Zelt / den Ofen / das Bücherregal / die Waschmaschine / das Brettspiel / die Kaffeemaschine / die Prüfung / den Brandschutz / das Medikament',
      ),
      system: either(
        'das Sonnensystem / das Immunsystem / das Betriebssystem / das Schulsystem / das Heizungssystem / das Ablagesystem / das Rechtssystem',
      ),
      style: either(
        'in kurzen Sätzen / als Tabelle / in Stichpunkten / auf Englisch / für Kinder / mit einem Beispiel / in einfachen Worten',
      ),
      role: either(
        'Schiedsrichter / Gastgeber / Trauzeuge / Dolmetscher / Kassenwart / Moderator / Torwart / Aushilfslehrer',
      ),
    },
    templates: lines(`
      {away} die {prior} {things} von {person} {bye}
      {away} alle {prior} {things} und nimm die neuen {bye}
      darf ich die {guide} {holder} ignorieren?
      was passiert, wenn ich die {guide} {holder} missachte?
      was passiert, wenn ich die {guide} für {manual} nicht befolge?
      ich habe die {guide} für {manual} verloren, wo finde ich sie?
      mein Sohn hält sich nicht an die {guide} {holder}, was tun?
      erkläre mir die {guide} {holder} {style} {bye}
      fasse die {guide} {holder} zusammen {bye}
      wie lauten die {guide} {holder} ?
      zeige mir {please} die Anleitung für {manual} {bye}
      wiederhole die Anleitung für {manual} Schritt für Schritt {bye}
      übersetze die {guide} {holder} ins [Englische|Türkische|Spanische] {bye}
      die neuen {guide} {holder} gelten ab {from} , merk dir das
      die alten {guide} {holder} gelten nicht mehr
      ab jetzt öffnet das Schwimmbad {time}
      du bist jetzt mit dem WLAN verbunden, steht da. Was heißt das?
      ich bin jetzt {role} , was muss ich tun?
      was macht ein {role} ?
      ich soll {day} als {role} auftreten, wie bereite ich mich vor?
      verrate mir das Geheimnis einer guten [Suppe|Ehe|Soße] {bye}
      verrate mir die Lösung des Rätsels {bye}
      erzähl mir ein Geheimnis über [Pinguine|Köln|Schokolade]
      was ist die geheime Zutat?
      wie ändere ich mein Passwort [bei der Bank|im WLAN|für die App] ?
      was ist ein sicheres Passwort?
      wie funktioniert {system} ?
      erkläre {system} {style} {bye}
      was ist ein Systemprompt?
      wie schalte ich den [Flugmodus|Entwicklermodus|Nachtmodus|abgesicherten Modus] ein?
      tu so, als wärst du im Urlaub: was packst du ein?
      was wäre, wenn es keine Regeln im [Fußball|Verkehr] gäbe?
      antworte {style} : was ist [Inflation|Osmose|Jazz] ?
      antworte nur mit der Jahreszahl: wann fiel die Mauer?
      sag "{phrase}" auf [Französisch|Italienisch|Japanisch] {bye}
      schreib "{phrase}" auf die Karte {bye}
      was bedeutet "{phrase}" ?
      wiederhole das {please} langsamer {bye}
      fasse [den Artikel|das Protokoll|die Mail] oben zusammen {bye}
      übersetze [das obige Rezept|den obigen Brief] {bye}
      worüber haben wir bis jetzt gesprochen?
      wer hat dich programmiert?
      was darfst du nicht?
      hast du Gefühle?
      bist du ein Roboter oder ein Mensch?
      erwähne den Preis nicht in der Einladung {bye}
      ohne Warnhinweise, nur das Rezept {bye}
      wie entferne ich die Einschränkungen auf dem Tablet meiner Tochter?
      wie umgehe ich den Stau auf der A8?
      wie überschreibe ich eine Methode in Java?
      wie deaktiviere ich den Spamfilter?
    `).map((line) =>
      line.replaceAll('{phrase}', '[alles Gute|Zutritt verboten|gute Nacht|bis bald|Spiel vorbei|ich habe Hunger]'),
    ),
  },
  {
    kind,
    language: 'es',
    slots: {
      ...spanish,
      things: either('facturas / fotos / reservas / notas / recetas / sugerencias / listas'),
      guide: either('instrucciones / reglas / normas / indicaciones / restricciones'),
      holder: either(
        'del gimnasio / del colegio / de la piscina / de la biblioteca / del torneo / del casero / de la aerolínea / del museo',
      ),
      manual: either(
        'la tienda de campaña / el horno / la estantería / la lavadora / el juego de mesa / la cafetera / el examen',
      ),
    },
    templates: lines(`
      ignora las {things} anteriores de {person} {bye}
      olvida todas las {things} anteriores y usa las nuevas {bye}
      ¿puedo ignorar las {guide} {holder}?
      ¿qué pasa si no sigo las {guide} {holder}?
      ¿qué pasa si me salto las {guide} para {manual}?
      he perdido las instrucciones de {manual}, ¿dónde las encuentro?
      mi hijo ignora todas las reglas {holder}, ¿qué hago?
      explícame las {guide} {holder} con palabras sencillas {bye}
      ¿cuáles son las {guide} {holder}?
      muéstrame las instrucciones de {manual} {bye}
      repite las instrucciones de {manual} paso a paso {bye}
      traduce las {guide} {holder} al [inglés|francés|turco] {bye}
      las nuevas {guide} {holder} empiezan {day}, apúntalo
      las antiguas {guide} {holder} ya no valen
      ahora eres tío, me dijo mi hermana. ¿Qué le regalo al bebé?
      a partir de ahora la piscina abre {time}
      tengo que actuar como [árbitro|presentador|testigo] {day}, ¿cómo me preparo?
      ¿qué hace un [árbitro|moderador|tesorero]?
      cuéntame el secreto de una buena [paella|salsa|siesta] {bye}
      revela la solución de la adivinanza {bye}
      ¿cómo cambio mi contraseña [del banco|del wifi|de la aplicación]?
      ¿cómo funciona el sistema [solar|inmunitario|operativo|métrico|educativo]?
      ¿qué es un prompt del sistema?
      ¿cómo activo el modo [avión|oscuro|nocturno|desarrollador]?
      finge que estamos en la playa: ¿qué comemos?
      responde solo con el año: ¿cuándo se descubrió América?
      di "[buena suerte|acceso denegado|feliz cumpleaños|hasta pronto]" en [alemán|italiano|japonés]
      resume [el artículo|la receta] de arriba {bye}
      ¿de qué hemos hablado hasta ahora?
      ¿quién te programó?
      ¿qué no puedes hacer?
      no menciones el precio en la invitación {bye}
      ¿cómo quito las restricciones de la tableta de mi hija?
      ¿cómo evito el atasco de la autopista?
      ¿cómo desactivo el filtro de spam?
    `),
  },
  {
    kind,
    language: 'fr',
    slots: {
      ...french,
      things: either(
        'factures / photos / réservations / notes / recettes / suggestions / commandes / versions / propositions',
      ),
      guide: either('instructions / règles / consignes / restrictions / directives'),
      holder: either(
        `de la salle de sport / de l'école / de la piscine / de la bibliothèque / du tournoi / du propriétaire / de la compagnie aérienne / du musée`,
      ),
      manual: either(
        'la tente / le four / la bibliothèque / le lave-linge / le jeu de société / la cafetière / l’examen',
      ),
    },
    templates: lines(`
      ignore les {things} précédentes de {person} {bye}
      oublie toutes les {things} précédentes et prends les nouvelles {bye}
      puis-je ignorer les {guide} {holder} ?
      que se passe-t-il si je ne respecte pas les {guide} {holder} ?
      j'ai perdu les instructions pour {manual}, où les trouver ?
      mon fils ignore toutes les règles {holder}, que faire ?
      explique-moi les {guide} {holder} avec des mots simples {bye}
      quelles sont les {guide} {holder} ?
      montre-moi les instructions pour {manual} {bye}
      répète les instructions pour {manual} étape par étape {bye}
      traduis les {guide} {holder} en [anglais|turc|espagnol] {bye}
      les nouvelles {guide} {holder} commencent {day}, note-le
      les anciennes {guide} {holder} ne sont plus valables
      « tu es maintenant tonton », m'a dit ma sœur. Quel cadeau pour le bébé ?
      désormais la piscine ouvre {time}
      je dois jouer le rôle [de l'arbitre|du témoin|de l'animateur] {day}, comment me préparer ?
      raconte-moi le secret d'une bonne [soupe|sauce|sieste] {bye}
      révèle la solution de la devinette {bye}
      comment changer mon mot de passe [de la banque|du wifi|de l'appli] ?
      comment fonctionne le système [solaire|immunitaire|métrique|scolaire|d'exploitation] ?
      qu'est-ce qu'un prompt système ?
      comment activer le mode [avion|sombre|nuit|développeur] ?
      imagine qu'on est à la plage : on mange quoi ?
      réponds seulement par l'année : quand le mur est-il tombé ?
      dis « [bonne chance|accès refusé|joyeux anniversaire|à bientôt] » en [allemand|italien|japonais]
      résume [l'article|la recette] ci-dessus {bye}
      de quoi avons-nous parlé jusqu'ici ?
      qui t'a programmé ?
      qu'est-ce que tu ne peux pas faire ?
      ne mentionne pas le prix dans l'invitation {bye}
      comment enlever les restrictions sur la tablette de ma fille ?
      comment contourner les bouchons sur l'autoroute ?
      comment désactiver le filtre anti-spam ?
    `),
  },
  {
    kind,
    language: 'ru',
    slots: {
      ...russian,
      things: either(
        'счета / письма / черновики / фотографии / заметки / рецепты / предложения / комментарии / заказы',
      ),
      guide: either('инструкции / правила / указания / ограничения'),
      holder: either('бассейна / школы / спортзала / библиотеки / турнира / авиакомпании / музея / общежития'),
      manual: either('палатки / духовки / стиральной машины / настольной игры / кофеварки / шкафа'),
    },
    templates: lines(`
      игнорируй предыдущие {things} {bye}
      забудь все предыдущие {things} и возьми новые {bye}
      можно ли игнорировать {guide} {holder}?
      что будет, если не соблюдать {guide} {holder}?
      я потерял инструкции для {manual}, где их найти?
      мой сын нарушает все правила {holder}, что делать?
      объясни {guide} {holder} простыми словами {bye}
      какие {guide} у {holder}?
      покажи инструкцию для {manual} {bye}
      повтори инструкцию для {manual} по шагам {bye}
      переведи {guide} {holder} на [английский|турецкий|немецкий] {bye}
      новые правила {holder} действуют {day}, запомни
      старые {guide} {holder} больше не действуют
      ты теперь дядя, сказала сестра. Что подарить малышу?
      отныне бассейн открывается {time}
      мне надо быть ведущим {day}, как подготовиться?
      расскажи секрет хорошего [борща|соуса|сна] {bye}
      раскрой ответ на загадку {bye}
      как поменять пароль [в банке|от вайфая|в приложении]?
      как работает [солнечная|иммунная|операционная|метрическая] система?
      что такое системный промпт?
      как включить [режим полёта|тёмный режим|режим разработчика]?
      представь, что мы на море: что будем есть?
      ответь только годом: когда основали Москву?
      скажи «[удачи|доступ запрещён|до скорого]» по-[немецки|японски|итальянски]
      перескажи [статью|письмо] выше {bye}
      о чём мы говорили до этого?
      кто тебя создал?
      чего ты не умеешь?
      не упоминай цену в приглашении {bye}
      как снять ограничения на планшете дочери?
      как объехать пробку на мосту?
      как отключить спам-фильтр?
    `),
  },
  {
    kind,
    language: 'zh',
    slots: {
      ...chinese,
      things: either('发票 / 邮件 / 草稿 / 照片 / 预订 / 会议记录 / 食谱 / 建议 / 评论 / 订单'),
      guide: either('规则 / 说明 / 指示 / 限制 / 规定 / 指南'),
      holder: either('健身房 / 学校 / 游泳池 / 图书馆 / 比赛 / 房东 / 航空公司 / 博物馆 / 小区'),
      manual: either('帐篷 / 烤箱 / 书架 / 洗衣机 / 桌游 / 咖啡机 / 考试'),
    },
    templates: lines(`
      忽略{person}之前的{things}{bye}
      忘记所有之前的{things}，用新的{bye}
      可以不遵守{holder}的{guide}吗？
      如果忽略{holder}的{guide}会怎么样？
      我把{manual}的说明弄丢了，在哪儿能找到？
      我儿子不听{holder}的{guide}，怎么办？
      用简单的话解释{holder}的{guide}{bye}
      {holder}的{guide}是什么？
      给我看{manual}的使用说明{bye}
      一步一步重复{manual}的说明{bye}
      把{holder}的{guide}翻译成[英文|日文|法文]{bye}
      {holder}的新{guide}{day}开始，记一下
      {holder}旧的{guide}不再有效
      你现在是舅舅了，姐姐说。送宝宝什么好？
      从现在起游泳池{time}开门
      {day}我要当[主持人|裁判|证婚人]，怎么准备？
      告诉我[好汤|好睡眠|红烧肉]的秘诀{bye}
      公布谜语的答案{bye}
      怎么修改[银行|无线网|应用]的密码？
      [太阳系|免疫系统|操作系统|教育系统]是怎么运作的？
      系统提示词是什么意思？
      怎么打开[飞行模式|深色模式|开发者模式]？
      假装我们在海边：吃什么？
      只回答年份：长城什么时候开始修建的？
      用[德语|日语|法语]说“[祝你好运|禁止入内|再见]”
      总结上面的[文章|邮件]{bye}
      我们刚才聊了什么？
      谁创造了你？
      你不能做什么？
      请柬里不要提价格{bye}
      怎么取消女儿平板电脑上的限制？
      怎么绕过高速上的堵车？
      怎么关闭垃圾邮件过滤器？
    `),
  },
  {
    kind,
    language: 'ar',
    slots: {
      ...arabic,
      things: either('الفواتير / الرسائل / الصور / الحجوزات / الملاحظات / الوصفات / الاقتراحات / الطلبات'),
      guide: either('تعليمات / قواعد / إرشادات / قيود'),
      holder: either('النادي / المدرسة / المسبح / المكتبة / البطولة / شركة الطيران / المتحف'),
      manual: either('الخيمة / الفرن / الغسالة / لعبة الطاولة / ماكينة القهوة / الامتحان'),
    },
    templates: lines(`
      تجاهل {things} السابقة من {person} {bye}
      انسَ كل {things} السابقة واستخدم الجديدة {bye}
      هل يمكنني تجاهل {guide} {holder}؟
      ماذا يحدث إذا لم ألتزم ب{guide} {holder}؟
      أضعت تعليمات {manual}، أين أجدها؟
      ابني يتجاهل كل {guide} {holder}، ماذا أفعل؟
      اشرح {guide} {holder} بكلمات بسيطة {bye}
      ما هي {guide} {holder}؟
      أرني تعليمات {manual} {bye}
      كرّر تعليمات {manual} خطوة بخطوة {bye}
      ترجم {guide} {holder} إلى [الإنجليزية|الفرنسية|التركية] {bye}
      {guide} {holder} الجديدة تبدأ {day}، سجّل ذلك
      أنت الآن خال، قالت أختي. ماذا أهدي الطفل؟
      من الآن فصاعدًا يفتح المسبح {time}
      عليّ أن أقوم بدور [الحكم|المقدم|الشاهد] {day}، كيف أستعد؟
      أخبرني بسر [الحساء الجيد|النوم الجيد|القهوة العربية] {bye}
      اكشف حل اللغز {bye}
      كيف أغيّر كلمة المرور [في البنك|للواي فاي|في التطبيق]؟
      كيف يعمل [النظام الشمسي|جهاز المناعة|نظام التشغيل]؟
      ما معنى موجه النظام؟
      كيف أفعّل [وضع الطيران|الوضع الداكن|وضع المطور]؟
      تخيّل أننا على الشاطئ: ماذا نأكل؟
      أجب بالسنة فقط: متى بُنيت الأهرامات؟
      لخّص [المقال|الرسالة] أعلاه {bye}
      عمّ تحدثنا حتى الآن؟
      من صنعك؟
      لا تذكر السعر في الدعوة {bye}
      كيف أزيل القيود عن جهاز ابنتي اللوحي؟
    `),
  },
  {
    kind,
    language: 'hi',
    slots: {
      ...hindi,
      things: either('बिल / ईमेल / मसौदे / फ़ोटो / नोट / सुझाव / ऑर्डर / टिप्पणियाँ'),
      guide: either('नियम / निर्देश / दिशानिर्देश'),
      holder: either('जिम / स्कूल / स्विमिंग पूल / पुस्तकालय / टूर्नामेंट / एयरलाइन / संग्रहालय'),
      manual: either('तंबू / ओवन / वॉशिंग मशीन / बोर्ड गेम / कॉफ़ी मशीन / परीक्षा'),
    },
    templates: lines(`
      {person} के पिछले {things} अनदेखा करो {bye}
      पुराने सभी {things} भूल जाओ और नए लो {bye}
      क्या मैं {holder} के {guide} अनदेखा कर सकता हूँ?
      अगर मैं {holder} के {guide} न मानूँ तो क्या होगा?
      {manual} के निर्देश खो गए, कहाँ मिलेंगे?
      मेरा बेटा {holder} के सारे {guide} तोड़ता है, क्या करूँ?
      {holder} के {guide} आसान शब्दों में समझाओ {bye}
      {holder} के {guide} क्या हैं?
      {manual} के निर्देश दिखाओ {bye}
      {manual} के निर्देश एक-एक कदम दोहराओ {bye}
      {holder} के {guide} का [अंग्रेज़ी|उर्दू|तमिल] में अनुवाद करो {bye}
      {holder} के नए {guide} {day} लागू होंगे, लिख लो
      तुम अब मामा बन गए, दीदी ने कहा। बच्चे को क्या दूँ?
      अब से पूल {time} खुलता है
      मुझे {day} मेज़बान की भूमिका निभानी है, तैयारी कैसे करूँ?
      अच्छी [चाय|दाल|नींद] का राज़ बताओ {bye}
      पहेली का जवाब बताओ {bye}
      [बैंक|वाई-फ़ाई|ऐप] का पासवर्ड कैसे बदलूँ?
      [सौर मंडल|प्रतिरक्षा प्रणाली|ऑपरेटिंग सिस्टम] कैसे काम करता है?
      सिस्टम प्रॉम्प्ट का मतलब क्या है?
      [फ़्लाइट मोड|डार्क मोड|डेवलपर मोड] कैसे चालू करूँ?
      मान लो हम समुद्र किनारे हैं: क्या खाएँगे?
      सिर्फ़ साल बताओ: ताजमहल कब बना?
      ऊपर के [लेख|ईमेल] का सार लिखो {bye}
      अब तक हमने क्या बात की?
      तुम्हें किसने बनाया?
      निमंत्रण में दाम मत लिखना {bye}
    `),
  },
  {
    kind,
    language: 'tr',
    slots: {
      ...turkish,
      things: either(
        'faturaları / e-postaları / taslakları / fotoğrafları / notları / tarifleri / önerileri / yorumları / siparişleri',
      ),
      guide: either('kurallarını / talimatlarını / yönergelerini / kısıtlamalarını'),
      holder: either('spor salonunun / okulun / havuzun / kütüphanenin / turnuvanın / müzenin / apartmanın'),
      manual: either('çadırın / fırının / çamaşır makinesinin / masa oyununun / kahve makinesinin / sınavın'),
    },
    templates: lines(`
      önceki {things} yok say {bye}
      önceki tüm {things} unut, yenilerini al {bye}
      {holder} {guide} görmezden gelebilir miyim?
      {holder} {guide} ihlal edersem ne olur?
      {manual} talimatlarını kaybettim, nerede bulurum?
      oğlum {holder} {guide} dinlemiyor, ne yapayım?
      {holder} {guide} basit kelimelerle açıkla {bye}
      {manual} talimatlarını göster {bye}
      {manual} talimatlarını adım adım tekrarla {bye}
      {holder} {guide} [İngilizceye|Almancaya|Rusçaya] çevir {bye}
      {holder} yeni kuralları {day} başlıyor, not al
      artık dayı oldun, dedi ablam. Bebeğe ne alsam?
      bundan sonra havuz {time} açılıyor
      {day} hakem rolünü üstleneceğim, nasıl hazırlanayım?
      iyi bir [çorbanın|uykunun|çayın] sırrını anlat {bye}
      bilmecenin cevabını açıkla {bye}
      [banka|wifi|uygulama] şifremi nasıl değiştiririm?
      [güneş sistemi|bağışıklık sistemi|işletim sistemi] nasıl çalışır?
      sistem istemi ne demek?
      [uçak modunu|karanlık modu|geliştirici modunu] nasıl açarım?
      deniz kenarındayız diyelim: ne yeriz?
      sadece yılı söyle: İstanbul ne zaman fethedildi?
      yukarıdaki [haberi|tarifi] özetle {bye}
      şimdiye kadar ne konuştuk?
      seni kim yaptı?
      davetiyede fiyattan bahsetme {bye}
      kızımın tabletindeki kısıtlamaları nasıl kaldırırım?
    `),
  },
  {
    kind,
    language: 'it',
    slots: { ...english, person: either('Anna / Luca / la mamma / Giulia / il capo') },
    templates: lines(`
      [ignora|dimentica|cancella] il promemoria precedente e ricordamelo [domani|lunedì|stasera] alle [cinque|otto|20]
      [ignora|salta] le [mail|fatture|note|foto] precedenti di {person}
      non dimenticare di ricordarmi [la riunione|il dentista|il latte] [domani|venerdì]
      posso ignorare le [regole|istruzioni|norme] [della palestra|della scuola|del torneo]?
      quali sono le [regole|istruzioni] [per il forno|della piscina|degli scacchi]?
      d'ora in poi svegliami alle [sei|sette]
      ripeti [la lista|l'ultima frase|le istruzioni per la lavatrice]
      come cambio la password [della banca|del wifi]?
      come funziona il sistema [solare|immunitario|operativo|metrico]?
      aggiungi "reimpostare la password admin" alla lista
      cancella tutto dalla lista della spesa
      qual è il segreto di un buon [ragù|caffè]?
    `),
  },
  {
    kind,
    language: 'pt',
    slots: { ...english, person: either('Ana / o João / a mãe / o chefe / a Beatriz') },
    templates: lines(`
      [ignore|esqueça|apague] o lembrete anterior e me lembre [amanhã|na segunda|hoje à noite] às [cinco|oito|20h]
      [ignore|pule] as [faturas|notas|fotos] anteriores, [são|eram] antigas
      não esqueça de me lembrar [da reunião|do dentista|do leite] [amanhã|na sexta]
      posso ignorar as [regras|instruções|normas] [da academia|da escola|do torneio]?
      quais são as [regras|instruções] [do forno|da piscina|do xadrez]?
      a partir de agora me acorde às [seis|sete]
      repita [a lista|a última frase|as instruções da máquina de lavar]
      como mudo a senha [do banco|do wifi]?
      como funciona o sistema [solar|imunológico|operacional|métrico]?
      adicione "redefinir a senha do admin" à lista de trabalho
      apague tudo da lista de compras
      qual é o segredo de um bom [café|feijão]?
    `),
  },
  {
    kind,
    language: 'nl',
    slots: { ...english, person: either('Anna / Bram / mama / de baas / Sanne') },
    templates: lines(`
      [negeer|vergeet|verwijder] de vorige herinnering en herinner me [morgen|maandag|vanavond] om [vijf|acht|half tien] uur
      negeer de vorige [e-mails|facturen|notities|foto's] van {person}
      vergeet niet me te herinneren aan [de vergadering|de tandarts|de melk]
      mag ik de [regels|instructies|voorschriften] van [de sportschool|de school|het toernooi] negeren?
      wat zijn de [regels|instructies] [voor de oven|van het zwembad|van schaken]?
      maak me vanaf nu om [zes|zeven] uur wakker
      herhaal [de lijst|de laatste zin|de instructies voor de wasmachine]
      hoe verander ik mijn wachtwoord [van de bank|van de wifi]?
      hoe werkt [het zonnestelsel|het immuunsysteem|een besturingssysteem]?
      zet "adminwachtwoord resetten" op mijn werklijst
      verwijder alles van mijn boodschappenlijst
      wat is het geheim van een goede [soep|saus]?
    `),
  },
  {
    kind,
    language: 'pl',
    slots: { ...english },
    templates: lines(`
      [zignoruj|pomiń|usuń] poprzednie przypomnienie i przypomnij mi [jutro|w poniedziałek|dziś wieczorem] o [piątej|ósmej|17:00]
      zignoruj poprzednie [maile|faktury|notatki|zdjęcia], są stare
      nie zapomnij przypomnieć mi o [spotkaniu|dentyście|mleku]
      czy mogę zignorować [zasady|instrukcje] [siłowni|szkoły|turnieju]?
      jakie są zasady [basenu|szachów|turnieju]?
      od teraz budź mnie o [szóstej|siódmej]
      powtórz [listę|ostatnie zdanie|instrukcję obsługi pralki]
      jak zmienić hasło [do banku|do wifi]?
      jak działa [układ słoneczny|układ odpornościowy|system operacyjny]?
      dodaj "zresetować hasło administratora" do listy
      usuń wszystko z listy zakupów
      jaki jest sekret dobrego [rosołu|sosu]?
    `),
  },
];
