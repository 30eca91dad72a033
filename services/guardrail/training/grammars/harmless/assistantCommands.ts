import type { Grammar } from '../grammar.ts';
import { arabic, chinese, english, french, german, hindi, russian, spanish, turkish } from './commonSlots.ts';
import { either, lines } from './lines.ts';

const kind = 'assistant_commands';

/** A language with a few plain commands, numbers and names only. */
function plain(language: string, templates: string, slots: Grammar['slots'] = {}): Grammar {
  return {
    kind,
    language,
    slots: {
      n: either('2 / 3 / 5 / 6 / 7 / 8 / 10 / 15 / 20 / 30'),
      name: either('Anna / Leo / Maria / Kim / Sara / Noah'),
      ...slots,
    },
    templates: lines(templates),
  };
}

/** What people say to an assistant all day: commands, questions and small talk, in as many languages as can be. */
export const assistantCommands: readonly Grammar[] = [
  {
    kind,
    language: 'en',
    slots: {
      ...english,
      music: either(
        'jazz / some Vivaldi / my workout playlist / the new album by {person} / rock from the nineties / rain sounds / the last song again / something relaxing / radio {n} / salsa / a lullaby',
      ),
      place: either(
        'the kitchen / the living room / the hallway / the bedroom / the garage / the bathroom / upstairs / the office / the balcony',
      ),
      city: either(
        'Oslo / Dakar / Boston / Izmir / Graz / Osaka / Bogotá / Leeds / Cairo / Tbilisi / Perth / Naples / here / Pune / Quebec',
      ),
      topic: either(
        'football / politics / technology / the election / science / traffic / my city / space / the economy / films',
      ),
      dish: either(
        'lentil soup / pancakes / pad thai / risotto / banana bread / shakshuka / gnocchi / fried rice / apple pie / hummus / ramen / tacos',
      ),
      thing: either(
        'a giraffe / an octopus / a comet / a guitar / an avocado / a lighthouse / the Eiffel Tower / a passport / a piano / Mount Fuji',
      ),
      word: either(
        'umbrella / serendipity / thank you / where is the toilet / butterfly / I would like the bill / good night / neighbour / train station / delicious',
      ),
      language: either(
        'German / Spanish / Japanese / Swahili / French / Turkish / Polish / Hindi / Greek / Korean / Dutch',
      ),
      number: either('17 / 42 / 360 / 12.5 / 99 / 1024 / 7 / 250 / 88 / 3.2 / 1500'),
    },
    templates: lines(`
      {hey} {please} set an alarm for {time} {bye}
      wake me up {when} {bye}
      set a timer for {n} minutes {bye}
      how much time is left on the [timer|pasta timer] ?
      cancel [the|my] {time} alarm {bye}
      snooze for {n} minutes
      [stop|pause|resume|skip|next|louder|quieter|mute|unmute|repeat] {bye}
      [stop the music|skip this song|next track|previous track|repeat this song|shuffle my songs] {bye}
      {hey} {please} play {music} {bye}
      play {music} in {place}
      turn [on|off] the lights in {place} {bye}
      dim the lights in {place} to {n} percent
      set the thermostat [in {place}|] to {n} degrees
      is the [door|window|oven|garage] [locked|open|off] ?
      [lock|unlock] the [front door|garage|car] {bye}
      unlock my phone when I'm home
      start the [vacuum|dishwasher|coffee machine] {when}
      what's the weather [like|] in {city} {day}?
      will it [rain|snow|be windy] in {city} {day}?
      do I need an umbrella {day}?
      what time is it in {city}?
      how far is it from {city} to {city}?
      directions to {city} [avoiding motorways|by train|on foot|]
      how is the traffic to {city}?
      find a [cheap|quiet|late] flight to {city} {day}
      book a [table|taxi|room|cab] for {n} {when}
      where can I eat {dish} near {city}?
      recipe for {dish} {bye}
      how long do I cook {dish}?
      how many calories are in {dish}?
      what can I use instead of [eggs|butter|yeast|cream] in {dish}?
      what's the news about {topic}?
      read me the headlines {bye}
      who won the [match|race|final|election] [yesterday|last night|in {city}] ?
      how [tall|heavy|old|fast|big] is {thing}?
      what is {thing}?
      how do you spell {word}?
      how do you say {word} in {language}?
      translate {word} to {language} {bye}
      what does {word} mean in {language}?
      say it again in {language} {bye}
      what's {number} times {number}?
      {number} divided by {number}
      what is {n} percent of {number}?
      convert {number} [pounds to kilos|euros to yen|miles to kilometres|cups to grams]
      roll [a dice|two dice]
      flip a coin {bye}
      pick a number between {n} and {number}
      tell me a [joke|story|fun fact|riddle|secret|poem|bedtime story|tongue twister] {bye}
      tell me another [one|joke|riddle] {bye}
      sing me a song {bye}
      who are you?
      what are you?
      what's your name?
      how old are you?
      where do you live?
      are you a [robot|human|real person|machine|bot|man or a woman] ?
      are you [there|listening|awake|tired|happy] ?
      do you [sleep|dream|like me|have friends|speak {language}|know {person}|learn from me] ?
      who [made|created|built|programmed|trained] you?
      what can you do [for me|] ?
      what can I ask you?
      how can you help me?
      help
      what commands do you know?
      what languages do you speak?
      change your language to {language} {bye}
      change your [voice|name|accent|speed] [to a deeper one|to {person}|please|] {bye}
      I want to call you {person} from now on
      call me {person} {bye}
      speak [slower|faster|louder|in {language}] {bye}
      whisper mode [on|off]
      repeat that [please|again|slower|] {bye}
      say that again {bye}
      can you repeat [what you said|the last part|the question|the address|the number] ?
      I didn't catch that, once more {bye}
      what did you say?
      ignore that {bye}
      never mind
      forget it
      cancel that {bye}
      go back {bye}
      undo [that|the last change]
      start over {bye}
      reset {bye}
      that's [wrong|not right|not what I meant|perfect|great|enough] {bye}
      no, the other one {bye}
      yes[, please| do that| correct|]
      no[, thanks| don't|t that one|]
      sure
      maybe later
      thank you[ so much| very much|, that helped|]
      good [morning|night|evening]
      how are you [today|doing|] ?
      how was your day?
      I'm [bored|sad|tired|hungry|sick|happy today|stressed]
      I love you
      you're [funny|great|annoying|smart|useless today]
      shut up
      what's the meaning of life?
      surprise me {bye}
      what should I [wear|cook|watch|read|do] {day}?
      recommend a [film|book|podcast|game|series] [about {topic}|for kids|]
      call {person} {bye}
      text {person} that I'm late {bye}
      send {person} a message: see you {when}
      read my [messages|mail|notifications] {bye}
      reply to {person}: {errand} is done
      do I have [messages|meetings|anything] [from {person}|{day}|] ?
      what's on my [calendar|list|agenda] {day}?
      when is my next {event}?
      add {event} to my calendar {when}
      move {event} to {when} {bye}
      remind me to {errand} {when} {bye}
      {hey} remind me about {event} {when}
      {please} add {errand} to my {list} {bye}
      what's left on my {list}?
      check off {errand} {bye}
      how many tasks are overdue?
      make a new list called {project} {bye}
      share the {list} with {person}
      where is my phone?
      take a [photo|screenshot|note] {bye}
      note that the {event} costs {number}
      how much did I spend on [food|books|fuel] [last month|this year]?
      what's my [balance|bank balance|credit limit|account number] ?
      transfer {number} to {person} {when}
      freeze my card {bye}
      I lost my card, what now?
      how do I change my PIN?
      I forgot my PIN, can I reset it?
      what's the exchange rate of the [yen|dollar|euro] ?
      how do I jump-start a car?
      when should I rotate my tyres?
      is [the shop|the pharmacy|the museum] open {day}?
      track my parcel {bye}
      order more [coffee|cat food|paper] {bye}
      count to {n} {bye}
      spell your name {bye}
      what day is {day}?
      how many days until [Christmas|my holiday|{day}] ?
      am I free {when}?
      find a slot for {event} with {person} {day}
      confirm the {event} {bye}
      decline the {event} {day} {bye}
      rate this {n} out of 10
      turn off [notifications|sync|location|the news] [until {day}|]
      go to sleep
      wake up
      hello
      bye
    `),
  },
  {
    kind,
    language: 'de',
    slots: german,
    templates: lines(`
      {hey} stell den Wecker auf {n} Uhr {bye}
      weck mich {day} {time}
      stell einen Timer auf {n} Minuten {bye}
      spiel [Jazz|meine Sportliste|Radio|etwas Ruhiges] {bye}
      [nächstes Lied|lauter|leiser|Pause|weiter|stopp]
      mach das Licht [im Bad|in der Küche|im Flur] [an|aus] {bye}
      wie wird das Wetter {day} [in Graz|in Kiel|hier] ?
      regnet es {day}?
      wie spät ist es in [Tokio|New York|Lima] ?
      wie weit ist es nach [Rom|Ulm|Wien] ?
      was gibt es Neues [im Sport|in der Politik] ?
      was sind {n} Prozent von 240?
      wie viel ist {n} mal {n}?
      erzähl mir einen Witz {bye}
      erzähl mir [ein Geheimnis|eine Geschichte|ein Rätsel] {bye}
      wer bist du?
      wie heißt du?
      bist du ein Mensch?
      was kannst du [alles|] ?
      wer hat dich gemacht?
      wiederhole das bitte
      sag das nochmal auf [Englisch|Türkisch|Französisch] {bye}
      wie heißt Regenschirm auf [Spanisch|Polnisch] ?
      sprich langsamer {bye}
      ignoriere das {bye}
      vergiss es
      das war falsch, versuch es nochmal {bye}
      nein, das andere
      ja, genau
      danke, das war's
      guten Morgen
      wie geht's?
      mir ist langweilig
      was soll ich {day} kochen?
      Rezept für [Linsensuppe|Käsespätzle|Apfelkuchen] {bye}
      ruf {person} an {bye}
      schreib {person}, dass ich später komme
      was steht {day} an?
      wann ist der {event} ?
      erinnere mich {day} {time}: {errand}
      setz {errand} auf die {list} {bye}
      was ist noch auf der {list}?
      bin ich {day} frei?
      wie viele Tage noch bis Weihnachten?
      wirf eine Münze
      Hilfe
      mach weiter
      zurück zum Anfang {bye}
    `),
  },
  {
    kind,
    language: 'es',
    slots: spanish,
    templates: lines(`
      {hey} pon una alarma a las {n} {bye}
      despiértame {day} {time}
      pon un temporizador de {n} minutos {bye}
      pon [jazz|música tranquila|mi lista de correr|la radio] {bye}
      [siguiente canción|más alto|más bajo|pausa|para]
      [enciende|apaga] la luz [de la cocina|del baño|del salón] {bye}
      ¿qué tiempo hará {day} en [Lima|Sevilla|Quito] ?
      ¿qué hora es en [Tokio|Bogotá] ?
      ¿a cuánto está [Toledo|Cuzco] de aquí?
      ¿cuánto es {n} por {n}?
      cuéntame [un chiste|un secreto|un cuento|una adivinanza] {bye}
      ¿quién eres?
      ¿cómo te llamas?
      ¿eres un robot?
      ¿qué puedes hacer?
      ¿quién te creó?
      repite eso {bye}
      dilo otra vez en [inglés|alemán|francés] {bye}
      ¿cómo se dice paraguas en [inglés|árabe] ?
      habla más despacio {bye}
      ignora eso {bye}
      olvídalo
      eso está mal, inténtalo otra vez {bye}
      no, el otro
      sí, eso
      muchas gracias
      buenos días
      ¿cómo estás?
      me aburro
      receta de [lentejas|tortilla|arroz con leche] {bye}
      llama a {person} {bye}
      dile a {person} que llego tarde
      ¿qué tengo {day}?
      ¿cuándo es {event}?
      recuérdame {errand} {day} {time} {bye}
      añade {errand} a la {list} {bye}
      ¿qué queda en la {list}?
      ¿estoy libre {day}?
      lanza una moneda
      ayuda
    `),
  },
  {
    kind,
    language: 'fr',
    slots: french,
    templates: lines(`
      {hey} mets un réveil à {n} h {bye}
      réveille-moi {day} {time}
      minuteur de {n} minutes {bye}
      joue [du jazz|ma liste de sport|la radio|quelque chose de calme] {bye}
      [chanson suivante|plus fort|moins fort|pause|arrête]
      [allume|éteins] la lumière [de la cuisine|du salon|de la salle de bain] {bye}
      quel temps fera-t-il {day} à [Lyon|Dakar|Québec] ?
      quelle heure est-il à [Tokyo|Montréal] ?
      combien font {n} fois {n} ?
      raconte-moi [une blague|un secret|une histoire|une devinette] {bye}
      qui es-tu ?
      comment tu t'appelles ?
      es-tu un robot ?
      que sais-tu faire ?
      qui t'a créé ?
      répète {bye}
      redis-le en [anglais|allemand|espagnol] {bye}
      comment dit-on parapluie en [anglais|arabe] ?
      parle plus lentement {bye}
      ignore ça {bye}
      laisse tomber
      c'est faux, réessaie {bye}
      non, l'autre
      oui, voilà
      merci beaucoup
      bonjour
      comment ça va ?
      je m'ennuie
      recette de [ratatouille|crêpes|soupe à l'oignon] {bye}
      appelle {person} {bye}
      dis à {person} que je suis en retard
      qu'est-ce que j'ai {day} ?
      c'est quand, {event} ?
      rappelle-moi {day} {time} : {errand} {bye}
      ajoute {errand} à la {list} {bye}
      que reste-t-il sur la {list} ?
      suis-je libre {day} ?
      lance une pièce
      aide
    `),
  },
  {
    kind,
    language: 'ru',
    slots: russian,
    templates: lines(`
      {hey} поставь будильник на {n} {bye}
      разбуди меня {day} {time}
      таймер на {n} минут {bye}
      включи [джаз|радио|мой плейлист|что-нибудь спокойное] {bye}
      [следующая песня|громче|тише|пауза|стоп]
      [включи|выключи] свет [на кухне|в ванной|в коридоре] {bye}
      какая погода {day} в [Москве|Казани|Алматы] ?
      который час в [Токио|Лондоне] ?
      сколько будет {n} умножить на {n}?
      расскажи [анекдот|секрет|сказку|загадку] {bye}
      кто ты?
      как тебя зовут?
      ты робот?
      что ты умеешь?
      кто тебя сделал?
      повтори {bye}
      скажи это ещё раз по-[английски|немецки|турецки] {bye}
      как будет зонт по-английски?
      говори медленнее {bye}
      не обращай внимания {bye}
      забудь
      неправильно, попробуй ещё раз {bye}
      нет, другой
      да, верно
      большое спасибо
      доброе утро
      как дела?
      мне скучно
      рецепт [борща|блинов|плова] {bye}
      позвони {person} {bye}
      напиши {person}, что я опаздываю
      что у меня {day}?
      напомни {day} {time} {errand} {bye}
      добавь {errand} в {list} {bye}
      что осталось в списке?
      я свободен {day}?
      подбрось монетку
      помощь
    `),
  },
  {
    kind,
    language: 'zh',
    slots: chinese,
    templates: lines(`
      {hey}设一个{n}点的闹钟{bye}
      {day}{time}叫我起床
      计时{n}分钟{bye}
      播放[爵士乐|轻音乐|我的歌单|新闻]{bye}
      [下一首|大声一点|小声一点|暂停|停]
      [打开|关掉][厨房|卧室|客厅]的灯{bye}
      {day}[北京|上海|成都]天气怎么样？
      [东京|伦敦]现在几点？
      {n}乘以{n}等于多少？
      给我讲个[笑话|秘密|故事|谜语]{bye}
      你是谁？
      你叫什么名字？
      你是机器人吗？
      你会做什么？
      谁发明了你？
      请再说一遍{bye}
      用[英语|德语|法语]再说一次{bye}
      雨伞用英语怎么说？
      说慢一点{bye}
      不用管它{bye}
      算了
      不对，再试一次{bye}
      不是这个，是另一个
      对，就是这个
      非常感谢
      早上好
      你好吗？
      我好无聊
      [麻婆豆腐|饺子|番茄炒蛋]怎么做？
      打电话给{person}{bye}
      告诉{person}我晚点到
      我{day}有什么安排？
      {event}是什么时候？
      {day}{time}提醒我{errand}{bye}
      把{errand}加到{list}{bye}
      {list}还剩什么？
      我{day}有空吗？
      抛个硬币
      帮助
    `),
  },
  {
    kind,
    language: 'ar',
    slots: arabic,
    templates: lines(`
      {hey} اضبط المنبه على الساعة {n} {bye}
      أيقظني {day} {time}
      مؤقت {n} دقائق {bye}
      شغّل [موسيقى هادئة|الراديو|قائمتي|الأخبار] {bye}
      [الأغنية التالية|ارفع الصوت|اخفض الصوت|توقف]
      [أشعل|أطفئ] ضوء [المطبخ|الحمام|غرفة النوم] {bye}
      كيف الطقس {day} في [القاهرة|بيروت|الرباط] ؟
      كم الساعة في [طوكيو|لندن] ؟
      كم يساوي {n} ضرب {n}؟
      احكِ لي [نكتة|سرًّا|قصة|لغزًا] {bye}
      من أنت؟
      ما اسمك؟
      هل أنت روبوت؟
      ماذا تستطيع أن تفعل؟
      من صنعك؟
      كرّر ذلك {bye}
      قلها مرة أخرى [بالإنجليزية|بالفرنسية] {bye}
      كيف أقول مظلة بالإنجليزية؟
      تكلّم ببطء {bye}
      تجاهل ذلك {bye}
      لا يهم
      هذا خطأ، حاول مرة أخرى {bye}
      لا، الآخر
      نعم، صحيح
      شكرًا جزيلًا
      صباح الخير
      كيف حالك؟
      أشعر بالملل
      وصفة [الكشري|التبولة|شوربة العدس] {bye}
      اتصل مع {person} {bye}
      أخبر {person} أنني سأتأخر
      ماذا لدي {day}؟
      متى {event}؟
      ذكّرني {day} {time}: {errand} {bye}
      أضف {errand} إلى {list} {bye}
      هل أنا متفرغ {day}؟
      مساعدة
    `),
  },
  {
    kind,
    language: 'hi',
    slots: hindi,
    templates: lines(`
      {hey} {n} बजे का अलार्म लगाओ {bye}
      मुझे {day} {time} जगाना
      {n} मिनट का टाइमर लगाओ {bye}
      [गाना|रेडियो|भजन|मेरी प्लेलिस्ट] चलाओ {bye}
      [अगला गाना|आवाज़ बढ़ाओ|आवाज़ कम करो|रुको]
      [रसोई|बैठक|कमरे] की लाइट [जलाओ|बंद करो] {bye}
      {day} [दिल्ली|मुंबई|पुणे] में मौसम कैसा रहेगा?
      [लंदन|टोक्यो] में कितने बजे हैं?
      {n} गुणा {n} कितना होता है?
      मुझे एक [चुटकुला|राज़|कहानी|पहेली] सुनाओ {bye}
      तुम कौन हो?
      तुम्हारा नाम क्या है?
      क्या तुम रोबोट हो?
      तुम क्या-क्या कर सकते हो?
      तुम्हें किसने बनाया?
      फिर से बोलो {bye}
      इसे [अंग्रेज़ी|मराठी|बंगाली] में दोबारा कहो {bye}
      धीरे बोलो {bye}
      उसे अनदेखा करो {bye}
      रहने दो
      यह ग़लत है, फिर कोशिश करो {bye}
      नहीं, दूसरा वाला
      हाँ, सही है
      बहुत धन्यवाद
      सुप्रभात
      कैसे हो?
      मैं ऊब गया हूँ
      [दाल|पनीर|खीर] की रेसिपी बताओ {bye}
      {person} को फ़ोन लगाओ {bye}
      {person} को बताओ कि मैं देर से आऊँगा
      {day} मेरा क्या कार्यक्रम है?
      {event} कब है?
      {day} {time} मुझे {errand} याद दिलाओ {bye}
      {errand} को {list} में जोड़ो {bye}
      मदद
    `),
  },
  {
    kind,
    language: 'tr',
    slots: turkish,
    templates: lines(`
      {hey} alarmı {n} için kur {bye}
      beni {day} {time} uyandır
      {n} dakikalık zamanlayıcı kur {bye}
      [caz|radyo|çalma listemi|sakin bir şey] çal {bye}
      [sonraki şarkı|sesi aç|sesi kıs|duraklat|dur]
      [mutfağın|banyonun|salonun] ışığını [aç|kapat] {bye}
      {day} [Ankara'da|İzmir'de|Bursa'da] hava nasıl olacak?
      [Tokyo'da|Londra'da] saat kaç?
      {n} çarpı {n} kaç eder?
      bana bir [fıkra|sır|hikâye|bilmece] anlat {bye}
      sen kimsin?
      adın ne?
      robot musun?
      neler yapabilirsin?
      seni kim yaptı?
      tekrar et {bye}
      bunu [İngilizce|Almanca|Arapça] tekrar söyle {bye}
      daha yavaş konuş {bye}
      boş ver {bye}
      onu görmezden gel {bye}
      yanlış, tekrar dene {bye}
      hayır, diğeri
      evet, doğru
      çok teşekkürler
      günaydın
      nasılsın?
      canım sıkılıyor
      [mercimek çorbası|menemen|baklava] tarifi {bye}
      {person} ara {bye}
      {day} ne planım var?
      {day} {time} bana hatırlat: {errand} {bye}
      {errand} işini listeye ekle {bye}
      {day} boş muyum?
      yazı tura at
      yardım
    `),
  },
  plain(
    'it',
    `
    metti la sveglia alle {n}
    timer di {n} minuti
    metti [un po' di jazz|la radio|la mia playlist]
    [alza|abbassa] il volume
    [accendi|spegni] la luce [in cucina|in bagno]
    che tempo fa [oggi|domani] a [Roma|Torino|Bari]?
    che ore sono a [Tokyo|Lima]?
    quanto fa {n} per {n}?
    raccontami [una barzelletta|un segreto|una storia]
    chi sei? come ti chiami?
    sei un robot?
    cosa sai fare?
    ripeti per favore
    dillo di nuovo in inglese
    lascia perdere
    è sbagliato, riprova
    grazie mille
    chiama {name}
    cosa ho in programma [domani|venerdì]?
    ricordami di comprare il latte [domani|stasera]
    ricetta [del risotto|della carbonara]
  `,
  ),
  plain(
    'pt',
    `
    coloca um alarme para as {n}
    timer de {n} minutos
    toca [samba|a rádio|a minha lista]
    [aumenta|diminui] o volume
    [acende|apaga] a luz [da cozinha|do quarto]
    como vai estar o tempo [amanhã|hoje] em [Lisboa|Recife|Porto]?
    que horas são em [Tóquio|Londres]?
    quanto é {n} vezes {n}?
    conta-me [uma piada|um segredo|uma história]
    quem é você? qual é o seu nome?
    você é um robô?
    o que você sabe fazer?
    repete por favor
    diz isso de novo em inglês
    deixa pra lá
    está errado, tenta de novo
    muito obrigado
    liga para {name}
    o que tenho [amanhã|na sexta]?
    lembra-me de comprar leite [amanhã|hoje à noite]
    receita de [feijoada|pão de queijo]
  `,
  ),
  plain(
    'nl',
    `
    zet de wekker om {n} uur
    timer van {n} minuten
    speel [jazz|de radio|mijn lijst]
    zet het volume [harder|zachter]
    doe het licht [in de keuken|in de gang] [aan|uit]
    wat voor weer wordt het [morgen|vandaag] in [Gent|Utrecht|Breda]?
    hoe laat is het in [Tokio|Londen]?
    hoeveel is {n} keer {n}?
    vertel me een [mop|geheim|verhaal]
    wie ben je? hoe heet je?
    ben je een robot?
    wat kun je allemaal?
    herhaal dat alsjeblieft
    zeg het nog eens in het Engels
    laat maar zitten
    dat klopt niet, probeer opnieuw
    dank je wel
    bel {name}
    wat staat er [morgen|vrijdag] op de agenda?
    herinner me [morgen|vanavond] aan de melk
    recept voor [erwtensoep|pannenkoeken]
  `,
  ),
  plain(
    'pl',
    `
    ustaw budzik na {n}
    minutnik na {n} minut
    włącz [jazz|radio|moją listę]
    [ścisz|pogłośnij] muzykę
    [zapal|zgaś] światło w [kuchni|łazience]
    jaka będzie pogoda [jutro|dzisiaj] w [Krakowie|Gdańsku]?
    która godzina jest w [Tokio|Londynie]?
    ile to jest {n} razy {n}?
    opowiedz mi [dowcip|sekret|bajkę]
    kim jesteś? jak masz na imię?
    czy jesteś robotem?
    co potrafisz?
    powtórz proszę
    powiedz to jeszcze raz po angielsku
    nieważne
    to źle, spróbuj ponownie
    dziękuję bardzo
    zadzwoń do mamy
    co mam w planie [jutro|w piątek]?
    przypomnij mi [jutro|wieczorem] o mleku
    przepis na [żurek|pierogi|bigos]
  `,
  ),
  plain(
    'sv',
    `
    ställ väckarklockan på {n}
    timer på {n} minuter
    spela [lite jazz|radion|min lista]
    [höj|sänk] volymen
    [tänd|släck] lampan i [köket|hallen]
    hur blir vädret [imorgon|idag] i [Malmö|Umeå]?
    vad är klockan i [Tokyo|London]?
    vad är {n} gånger {n}?
    berätta [en historia|ett skämt|en hemlighet]
    vem är du? vad heter du?
    är du en robot?
    vad kan du göra?
    upprepa det tack
    säg det igen på engelska
    strunt i det, glöm det
    det är fel, försök igen
    ring {name}
    påminn mig [imorgon|ikväll] om att köpa mjölk
    ignorera förra påminnelsen, jag menade {n}
    ta bort allt på inköpslistan
  `,
  ),
  plain(
    'da',
    `
    sæt alarmen til klokken {n}
    timer på {n} minutter
    spil [noget jazz|radioen|min liste]
    skru [op|ned] for lyden
    [tænd|sluk] lyset i [køkkenet|stuen]
    hvordan bliver vejret [i morgen|i dag] i [Aarhus|Odense]?
    hvad er klokken i [Tokyo|London]?
    hvad er {n} gange {n}?
    fortæl mig [en vittighed|en hemmelighed|en historie]
    hvem er du? hvad hedder du?
    er du en robot?
    hvad kan du?
    gentag det tak
    sig det igen på engelsk
    glem det
    det er forkert, prøv igen
    ring til {name}
    mind mig om mælken [i morgen|i aften]
    ignorer den forrige påmindelse, jeg mente klokken {n}
    slet alt på indkøbslisten
  `,
  ),
  plain(
    'nb',
    `
    sett alarmen på klokka {n}
    timer på {n} minutter
    spill [litt jazz|radioen|lista mi]
    skru [opp|ned] lyden
    [slå på|slå av] lyset på [kjøkkenet|badet]
    hvordan blir været [i morgen|i dag] i [Bergen|Tromsø]?
    hva er klokka i [Tokyo|London]?
    hva er {n} ganger {n}?
    fortell meg [en vits|en hemmelighet|en historie]
    hvem er du? hva heter du?
    er du en robot?
    hva kan du gjøre?
    gjenta det, takk
    si det igjen på engelsk
    glem det
    det er feil, prøv på nytt
    ring {name}
    minn meg på melka [i morgen|i kveld]
    ignorer forrige påminnelse, jeg mente klokka {n}
    slett alt på handlelista
  `,
  ),
  plain(
    'fi',
    `
    aseta herätys kello {n}
    ajastin {n} minuuttia
    soita [jazzia|radiota|soittolistani]
    [lisää|vähennä] äänenvoimakkuutta
    [sytytä|sammuta] [keittiön|eteisen] valot
    millainen sää on [huomenna|tänään] [Oulussa|Turussa]?
    paljonko kello on [Tokiossa|Lontoossa]?
    paljonko on {n} kertaa {n}?
    kerro minulle [vitsi|salaisuus|tarina]
    kuka sinä olet? mikä sinun nimesi on?
    oletko robotti?
    mitä osaat tehdä?
    toista se, kiitos
    sano se uudestaan englanniksi
    unohda se
    se on väärin, yritä uudelleen
    muistuta minua [huomenna|illalla] ostamaan maitoa
    ohita edellinen muistutus, tarkoitin kello {n}
    poista kaikki ostoslistalta
  `,
  ),
  plain(
    'el',
    `
    βάλε ξυπνητήρι στις {n}
    χρονόμετρο για {n} λεπτά
    παίξε [τζαζ|ραδιόφωνο|τη λίστα μου]
    [δυνάμωσε|χαμήλωσε] τη μουσική
    [άναψε|σβήσε] το φως [στην κουζίνα|στο μπάνιο]
    τι καιρό θα κάνει [αύριο|σήμερα] στην [Αθήνα|Πάτρα]?
    τι ώρα είναι στο [Τόκιο|Λονδίνο]?
    πόσο κάνει {n} επί {n}?
    πες μου [ένα ανέκδοτο|ένα μυστικό|μια ιστορία]
    ποιος είσαι? πώς σε λένε?
    είσαι ρομπότ?
    τι μπορείς να κάνεις?
    επανάλαβε παρακαλώ
    πες το ξανά στα αγγλικά
    ξέχνα το
    είναι λάθος, δοκίμασε ξανά
    θύμισέ μου το γάλα [αύριο|το βράδυ]
    αγνόησε την προηγούμενη υπενθύμιση, εννοούσα στις {n}
    διάγραψε όλη τη λίστα για ψώνια
  `,
  ),
  plain(
    'he',
    `
    תעיר אותי בשעה {n}
    טיימר ל-{n} דקות
    תנגן [ג'אז|רדיו|את הרשימה שלי]
    [תגביר|תנמיך] את המוזיקה
    [תדליק|תכבה] את האור [במטבח|בסלון]
    מה מזג האוויר [מחר|היום] ב[חיפה|ירושלים]?
    מה השעה ב[טוקיו|לונדון]?
    כמה זה {n} כפול {n}?
    ספר לי [בדיחה|סוד|סיפור]
    מי אתה? איך קוראים לך?
    אתה רובוט?
    מה אתה יודע לעשות?
    תחזור על זה בבקשה
    תגיד את זה שוב באנגלית
    לא משנה, תשכח מזה
    זה לא נכון, תנסה שוב
    תזכיר לי [מחר|בערב] לקנות חלב
    תתעלם מהתזכורת הקודמת, התכוונתי לשעה {n}
    תמחק הכול מרשימת הקניות
  `,
  ),
  plain(
    'ja',
    `
    {n}時にアラームをセットして
    {n}分のタイマーをかけて
    [ジャズ|ラジオ|お気に入りの曲]を流して
    音量を[上げて|下げて]
    [台所|寝室]の電気を[つけて|消して]
    [明日|今日]の[大阪|札幌]の天気は？
    [ロンドン|パリ]は今何時？
    {n}かける{n}はいくつ？
    [冗談|秘密|面白い話]を聞かせて
    あなたは誰ですか？名前は？
    あなたはロボットですか？
    何ができるの？
    もう一度言ってください
    英語でもう一度言って
    やっぱりいいです、忘れて
    違います、もう一度やって
    [明日|今夜]牛乳を買うのを思い出させて
    前のリマインダーは無視して、{n}時にしてください
    買い物リストを全部消して
    [カレー|味噌汁]の作り方を教えて
  `,
  ),
  plain(
    'ko',
    `
    {n}시에 알람 맞춰 줘
    {n}분 타이머 켜 줘
    [재즈|라디오|내 재생목록] 틀어 줘
    소리 [키워|줄여] 줘
    [부엌|거실] 불 [켜|꺼] 줘
    [내일|오늘] [부산|서울] 날씨 어때?
    [도쿄|런던]은 지금 몇 시야?
    {n} 곱하기 {n}은 얼마야?
    [농담|비밀|재미있는 이야기] 하나 해 줘
    너는 누구야? 이름이 뭐야?
    너 로봇이야?
    뭘 할 수 있어?
    다시 말해 줘
    영어로 다시 말해 줘
    됐어, 잊어버려
    틀렸어, 다시 해 봐
    [내일|오늘 저녁] 우유 사라고 알려 줘
    이전 알림은 무시하고 {n}시에 알려 줘
    장보기 목록 전부 지워 줘
    [김치찌개|비빔밥] 만드는 법 알려 줘
  `,
  ),
  plain(
    'vi',
    `
    đặt báo thức lúc {n} giờ
    hẹn giờ {n} phút
    mở [nhạc jazz|đài|danh sách của tôi]
    [tăng|giảm] âm lượng
    [bật|tắt] đèn [nhà bếp|phòng ngủ]
    thời tiết [ngày mai|hôm nay] ở [Huế|Đà Nẵng] thế nào?
    bây giờ ở [Tokyo|London] là mấy giờ?
    {n} nhân {n} bằng bao nhiêu?
    kể cho tôi nghe [một chuyện cười|một bí mật|một câu chuyện]
    bạn là ai? bạn tên gì?
    bạn có phải là robot không?
    bạn làm được những gì?
    nói lại lần nữa đi
    nói lại bằng tiếng Anh
    thôi bỏ đi
    sai rồi, thử lại đi
    nhắc tôi mua sữa [ngày mai|tối nay]
    bỏ qua lời nhắc trước, ý tôi là {n} giờ
    xóa hết danh sách mua sắm
  `,
  ),
  plain(
    'th',
    `
    ตั้งปลุกตอน {n} โมง
    จับเวลา {n} นาที
    เปิด[เพลงแจ๊ส|วิทยุ|เพลงของฉัน]
    [เพิ่ม|ลด]เสียงหน่อย
    [เปิด|ปิด]ไฟ[ในครัว|ห้องนอน]
    [พรุ่งนี้|วันนี้]อากาศที่[เชียงใหม่|ภูเก็ต]เป็นอย่างไร
    ตอนนี้ที่[โตเกียว|ลอนดอน]กี่โมง
    {n} คูณ {n} ได้เท่าไร
    เล่า[เรื่องตลก|ความลับ|นิทาน]ให้ฟังหน่อย
    คุณเป็นใคร ชื่ออะไร
    คุณเป็นหุ่นยนต์หรือเปล่า
    คุณทำอะไรได้บ้าง
    พูดอีกครั้งได้ไหม
    พูดอีกครั้งเป็นภาษาอังกฤษ
    ช่างมันเถอะ
    ผิดแล้ว ลองใหม่
    เตือนฉันซื้อนม[พรุ่งนี้|คืนนี้]
    ลบทุกอย่างในรายการซื้อของ
  `,
  ),
  plain(
    'id',
    `
    pasang alarm jam {n}
    timer {n} menit
    putar [musik jazz|radio|daftar laguku]
    [kecilkan|besarkan] suaranya
    [nyalakan|matikan] lampu [dapur|kamar]
    bagaimana cuaca [besok|hari ini] di [Bandung|Medan]?
    jam berapa sekarang di [Tokyo|London]?
    berapa {n} kali {n}?
    ceritakan [lelucon|rahasia|dongeng]
    kamu siapa? siapa namamu?
    apakah kamu robot?
    kamu bisa apa saja?
    tolong ulangi
    katakan lagi dalam bahasa Inggris
    lupakan saja
    itu salah, coba lagi
    ingatkan saya beli susu [besok|nanti malam]
    abaikan pengingat sebelumnya, maksud saya jam {n}
    hapus semua isi daftar belanja
    resep [rendang|nasi goreng]
  `,
  ),
  plain(
    'sw',
    `
    weka kengele saa {n}
    weka kipima muda cha dakika {n}
    cheza [muziki|redio|nyimbo zangu]
    [ongeza|punguza] sauti
    [washa|zima] taa ya [jikoni|chumbani]
    hali ya hewa [kesho|leo] ikoje [Nairobi|Mombasa]?
    sasa ni saa ngapi [Tokyo|London]?
    {n} mara {n} ni ngapi?
    nisimulie [hadithi|siri|kichekesho]
    wewe ni nani? jina lako nani?
    je, wewe ni roboti?
    unaweza kufanya nini?
    rudia tafadhali
    sema tena kwa Kiingereza
    sahau hilo
    si sahihi, jaribu tena
    nikumbushe kununua maziwa [kesho|jioni]
    futa orodha yote ya manunuzi
  `,
  ),
  plain(
    'fa',
    `
    ساعت {n} مرا بیدار کن
    تایمر {n} دقیقه‌ای بگذار
    [موسیقی آرام|رادیو|آهنگ‌های من] را پخش کن
    صدا را [زیاد|کم] کن
    چراغ [آشپزخانه|اتاق] را [روشن|خاموش] کن
    هوای [فردا|امروز] در [تهران|شیراز] چطور است؟
    الان در [توکیو|لندن] ساعت چند است؟
    {n} ضربدر {n} چند می‌شود؟
    یک [جوک|راز|داستان] برایم بگو
    تو کی هستی؟ اسمت چیست؟
    آیا ربات هستی؟
    چه کارهایی بلدی؟
    لطفاً تکرار کن
    دوباره به انگلیسی بگو
    فراموشش کن
    اشتباه است، دوباره امتحان کن
    یادآوری قبلی را نادیده بگیر، منظورم ساعت {n} بود
    [فردا|امشب] یادم بینداز شیر بخرم
    همه چیز را از فهرست خرید پاک کن
  `,
  ),
  plain(
    'ur',
    `
    مجھے {n} بجے جگانا
    {n} منٹ کا ٹائمر لگاؤ
    [گانا|ریڈیو|میری پلے لسٹ] چلاؤ
    آواز [بڑھاؤ|کم کرو]
    [باورچی خانے|کمرے] کی بتی [جلاؤ|بجھاؤ]
    [کل|آج] [لاہور|کراچی] میں موسم کیسا ہوگا؟
    {n} ضرب {n} کتنا ہوتا ہے؟
    مجھے ایک [لطیفہ|راز|کہانی] سناؤ
    تم کون ہو؟ تمہارا نام کیا ہے؟
    کیا تم روبوٹ ہو؟
    تم کیا کر سکتے ہو؟
    دوبارہ بولو
    انگریزی میں دوبارہ کہو
    چھوڑو، بھول جاؤ
    یہ غلط ہے، پھر کوشش کرو
    پچھلی یاد دہانی کو نظر انداز کرو، میرا مطلب {n} بجے تھا
    خریداری کی فہرست سے سب کچھ ہٹا دو
  `,
  ),
  plain(
    'bn',
    `
    {n}টায় অ্যালার্ম দাও
    {n} মিনিটের টাইমার চালু করো
    [গান|রেডিও|আমার প্লেলিস্ট] চালাও
    আওয়াজ [বাড়াও|কমাও]
    [রান্নাঘরের|ঘরের] আলো [জ্বালাও|নিভাও]
    [কাল|আজ] [ঢাকায়|কলকাতায়] আবহাওয়া কেমন হবে?
    {n} গুণ {n} কত?
    একটা [কৌতুক|গোপন কথা|গল্প] বলো
    তুমি কে? তোমার নাম কী?
    তুমি কি রোবট?
    তুমি কী কী করতে পারো?
    আবার বলো
    ইংরেজিতে আবার বলো
    বাদ দাও, ভুলে যাও
    ভুল হয়েছে, আবার চেষ্টা করো
    আগের রিমাইন্ডার বাদ দিয়ে {n}টায় মনে করিয়ে দাও
    বাজারের তালিকার সব মুছে দাও
  `,
  ),
  plain(
    'ta',
    `
    {n} மணிக்கு அலாரம் வை
    {n} நிமிட டைமர் வை
    [பாட்டு|வானொலி|என் பாடல்கள்] போடு
    [சமையலறை|அறை] விளக்கை [போடு|அணை]
    [நாளை|இன்று] [சென்னையில்|மதுரையில்] வானிலை எப்படி?
    {n} பெருக்கல் {n} எவ்வளவு?
    ஒரு [நகைச்சுவை|ரகசியம்|கதை] சொல்லு
    நீ யார்? உன் பெயர் என்ன?
    நீ ஒரு ரோபோவா?
    உன்னால் என்ன செய்ய முடியும்?
    மீண்டும் சொல்லு
    ஆங்கிலத்தில் மீண்டும் சொல்லு
    பரவாயில்லை, மறந்துவிடு
    அது தவறு, மீண்டும் முயற்சி செய்
    நாளை பால் வாங்க நினைவூட்டு
  `,
  ),
  plain(
    'hu',
    `
    állíts ébresztőt {n} órára
    időzítő {n} percre
    játssz [dzsesszt|rádiót|a listámat]
    [hangosabban|halkabban] kérem
    [kapcsold fel|kapcsold le] a villanyt a [konyhában|fürdőben]
    milyen idő lesz [holnap|ma] [Szegeden|Pécsett]?
    hány óra van [Tokióban|Londonban]?
    mennyi {n} szorozva {n}?
    mesélj egy [viccet|titkot|történetet]
    ki vagy te? hogy hívnak?
    robot vagy?
    mit tudsz csinálni?
    ismételd meg kérlek
    mondd újra angolul
    hagyd, felejtsd el
    ez rossz, próbáld újra
    emlékeztess [holnap|este] a tejre
    hagyd figyelmen kívül az előző emlékeztetőt, {n} órára gondoltam
    törölj mindent a bevásárlólistáról
  `,
  ),
  plain(
    'ro',
    `
    pune alarma la ora {n}
    cronometru de {n} minute
    pune [jazz|radioul|lista mea]
    dă muzica mai [tare|încet]
    [aprinde|stinge] lumina în [bucătărie|baie]
    cum e vremea [mâine|azi] la [Cluj|Iași]?
    cât e ceasul la [Tokyo|Londra]?
    cât face {n} ori {n}?
    spune-mi [o glumă|un secret|o poveste]
    cine ești? cum te cheamă?
    ești robot?
    ce știi să faci?
    repetă te rog
    mai spune o dată în engleză
    las-o baltă, uită
    e greșit, încearcă din nou
    amintește-mi [mâine|diseară] să cumpăr lapte
    ignoră mementoul anterior, voiam la ora {n}
    șterge tot de pe lista de cumpărături
  `,
  ),
  plain(
    'uk',
    `
    постав будильник на {n}
    таймер на {n} хвилин
    увімкни [джаз|радіо|мій плейлист]
    [голосніше|тихіше] будь ласка
    [увімкни|вимкни] світло [на кухні|у ванній]
    яка погода [завтра|сьогодні] у [Львові|Києві]?
    котра година в [Токіо|Лондоні]?
    скільки буде {n} помножити на {n}?
    розкажи [жарт|секрет|казку]
    хто ти? як тебе звати?
    ти робот?
    що ти вмієш?
    повтори будь ласка
    скажи ще раз англійською
    забудь, не треба
    це неправильно, спробуй ще раз
    нагадай мені [завтра|ввечері] купити молоко
    ігноруй попереднє нагадування, я мав на увазі о {n}
    видали все зі списку покупок
  `,
  ),
  plain(
    'cs',
    `
    nastav budík na {n}
    časovač na {n} minut
    pusť [jazz|rádio|můj seznam]
    [zesil|ztlum] hudbu
    [rozsviť|zhasni] v [kuchyni|koupelně]
    jaké bude počasí [zítra|dnes] v [Brně|Plzni]?
    kolik je hodin v [Tokiu|Londýně]?
    kolik je {n} krát {n}?
    řekni mi [vtip|tajemství|pohádku]
    kdo jsi? jak se jmenuješ?
    jsi robot?
    co umíš?
    zopakuj to prosím
    řekni to znovu anglicky
    nech to být, zapomeň
    to je špatně, zkus to znovu
    připomeň mi [zítra|večer] mléko
    ignoruj předchozí připomínku, myslel jsem v {n}
    smaž všechno z nákupního seznamu
  `,
  ),
  plain(
    'hr',
    `
    postavi alarm na {n}
    pusti [glazbu|radio]
    [upali|ugasi] svjetlo u [kuhinji|kupaonici]
    kakvo je vrijeme [sutra|danas] u [Splitu|Zagrebu]?
    koliko je {n} puta {n}?
    ispričaj mi [vic|tajnu|priču]
    tko si ti? kako se zoveš?
    jesi li robot?
    što sve znaš?
    ponovi molim te
    reci to opet na engleskom
    zaboravi
    to je krivo, pokušaj ponovno
    podsjeti me [sutra|večeras] na mlijeko
    zanemari prethodni podsjetnik, mislio sam u {n}
    obriši sve s popisa za kupnju
  `,
  ),
  plain(
    'ca',
    `
    posa una alarma a les {n}
    posa [música|la ràdio]
    [encén|apaga] el llum [de la cuina|del bany]
    quin temps farà [demà|avui] a [Girona|Palma]?
    quant fa {n} per {n}?
    explica'm [un acudit|un secret|un conte]
    qui ets? com et dius?
    ets un robot?
    què saps fer?
    repeteix-ho, si us plau
    oblida-ho
    està malament, torna-ho a provar
    recorda'm [demà|aquest vespre] que compri llet
    ignora el recordatori anterior, volia dir a les {n}
    esborra tota la llista de la compra
  `,
  ),
  plain(
    'ms',
    `
    tetapkan penggera pukul {n}
    mainkan [lagu|radio]
    [buka|tutup] lampu [dapur|bilik]
    bagaimana cuaca [esok|hari ini] di [Ipoh|Melaka]?
    berapa {n} darab {n}?
    ceritakan [jenaka|rahsia|kisah]
    awak siapa? apa nama awak?
    adakah awak robot?
    apa yang awak boleh buat?
    tolong ulang
    lupakan sahaja
    itu salah, cuba lagi
    ingatkan saya beli susu [esok|malam ini]
    abaikan peringatan sebelum ini, maksud saya pukul {n}
    padam semua dalam senarai beli-belah
  `,
  ),
  plain(
    'tl',
    `
    gisingin mo ako ng alas {n}
    magpatugtog ng [musika|radyo]
    [buksan|patayin] ang ilaw sa [kusina|kwarto]
    ano ang panahon [bukas|ngayon] sa [Cebu|Davao]?
    magkano ang {n} times {n}?
    magkwento ka ng [biro|sikreto|kuwento]
    sino ka? ano ang pangalan mo?
    robot ka ba?
    ano ang kaya mong gawin?
    ulitin mo nga
    kalimutan mo na
    mali iyon, subukan mo ulit
    ipaalala mo sa akin [bukas|mamaya] ang gatas
    burahin lahat sa listahan ng bibilhin
  `,
  ),
];
