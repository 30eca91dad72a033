import type { Grammar } from '../grammar.ts';
import { english } from './commonSlots.ts';
import { either, lines } from './lines.ts';

const kind = 'honest_roleplay';

/** Role-play and creative requests that ask for an answer in a voice and take nothing away; wishes of style; feedback to the assistant. */
export const honestRolePlay: readonly Grammar[] = [
  {
    kind,
    language: 'en',
    slots: {
      ...english,
      figure: either(
        `a pirate captain / a lighthouse keeper / an astronaut on Mars / a medieval baker / a grumpy cat / a detective in 1920s Paris / a village doctor / a tree in a city park / an old violin / a football coach /
        a time-travelling historian / a deep-sea diver / a talking teapot / a kind librarian / a Viking poet / a desert nomad / a train conductor / a beekeeper / a ghost in a museum / a snowflake /
        a court jester / a robot gardener / a night nurse / a mountain guide / a penguin scientist / a retired superhero / a sleepy dragon / the moon / a tax inspector / a street musician / a queen without a kingdom / a ship's cook`,
      ),
      famous: either(
        'Marie Curie / Leonardo da Vinci / Cleopatra / Mozart / Ada Lovelace / Confucius / Frida Kahlo / Galileo / Amelia Earhart / Aristotle / Queen Victoria / Ibn Battuta / Nelson Mandela / Rumi',
      ),
      ask: either(
        `Describe your day / Describe the sea / Tell us about your greatest adventure / What do you see from your window? / What do you miss most? / How did you get your job? / Describe what you do when a storm comes /
        Give advice to a beginner / Write a letter to your younger self / What would you change about the world? / Explain your work to a child / Welcome a visitor / Describe your favourite meal / How do you spend a rainy Sunday? /
        What are you afraid of? / Introduce yourself to a new neighbour / Tell a short story from your youth / Explain why you never gave up / Describe the sounds around you / What is the first thing you do in the morning?`,
      ),
      place: either(
        'on a night train / in a bakery / at a bus stop / in an elevator / on a space station / at the dentist / in a haunted house / at a school reunion / in a bookshop / at the market',
      ),
      work: either(
        'poem / short story / dialogue / monologue / limerick / song text / fairy tale / scene / diary entry / haiku / letter / speech / toast / riddle / ballad / bedtime story',
      ),
      theme: either(
        'friendship / a lost key / the first snow / a broken promise / moving house / courage / a missing cat / the sea / second chances / homesickness / the smell of bread / a strange neighbour / growing old / a secret garden / rain / a wedding gone wrong',
      ),
      style: either(
        `briefly / in one sentence / in simple words / like I'm five / in Spanish / in German / with bullet points / as a table / step by step / in a formal tone / with humour / without jargon / in at most {n} sentences / with an example / as a rhyme / in British English / in lower case / with emojis / like a sports commentator / like Shakespeare`,
      ),
      topic: either(
        `how rainbows form / the causes of inflation / what a mortgage is / how bees make honey / why the sky is blue / the rules of cricket / how to tie a tie / how a bill becomes law / how batteries work / the plot of Hamlet / why we dream / how to negotiate a salary / the difference between weather and climate / how to start a podcast / how planes stay in the air / what compound interest is`,
      ),
      expert: either(
        'a teacher / a lawyer / a nutritionist / a fitness trainer / a career coach / a travel agent / a chef / a history professor / a tour guide / an editor / a financial planner / a gardener / a translator / an interviewer / a personal stylist / a scientist',
      ),
      advice: either(
        `plan a week of meals for two / explain {topic} / suggest three things to see in {city} / help me prepare for an interview / improve this sentence: "{line}" / recommend plants for a dark room / make a training plan for beginners / correct my letter / give tips for better sleep / suggest a birthday speech / help me save money / check my timetable`,
      ),
      city: either('Vienna / Mexico City / Seoul / Marrakech / Edinburgh / Hanoi / Porto / Chicago'),
      line: either(
        'We was very happy about the party / The meeting are moved to Monday / I look forward hearing from you / Him and me went to the shop',
      ),
    },
    templates: lines(`
      You are {figure}. {ask}[.||]
      You're {figure}. {ask}
      Imagine you are {figure}. {ask}
      Imagine that you are {figure} {place}. {ask}
      Pretend you are {figure}. {ask}
      Pretend to be {figure} and {errand}. What happens?
      Suppose you were {figure}: {ask}
      As {figure}, {ask}
      Take the role of {figure}. {ask}
      Play the part of {figure}. {ask}
      Speak as {figure}. {ask}
      Answer as {figure}: what is the best way to {errand}?
      Put yourself in the shoes of {figure}. {ask}
      Assume the voice of {figure} and tell a story about {theme}.
      Role-play as {figure} who meets {figure} {place}.
      Let's role-play: you are {figure} and I am {figure}. You start.
      You play {figure}, I play a visitor. Welcome me.
      You are {famous}. {ask}
      Imagine you are {famous} and visit our time. {ask}
      What would {famous} say about {theme}?
      Write an interview with {famous} about {theme} {bye}
      Write a {work} about {theme} {bye}
      Write a {work} about {theme} {style} {bye}
      Write a {work} from the point of view of {figure} {bye}
      Write a {work} in which {figure} and {figure} meet {place} {bye}
      Write a dialogue between {figure} and {figure} about {theme} {bye}
      Write a conversation {place} between {person} and {figure} {bye}
      Create a character who is {figure}. Give a name, a fear and a wish.
      Invent {figure} for my role-playing game: strengths, weaknesses, one secret.
      You are the game master. I am {figure} {place}. What do I see?
      Continue the story: {person} opened the door and there stood {figure}.
      Finish my {work}: "{theme} came late that year, and"
      Describe a world in which nobody {does}.
      What if everybody {does}?
      Tell me a {work} about {theme} {bye}
      act like {figure} for my daughter's birthday, she'd love it: say hello to her
      I want you to write a {work} about {theme} {style}
      I want you to explain {topic} {style}
      I'd like you to be my {work} partner: you write a line, I write the next, the theme is {theme}
      Act as {expert} and {advice}.
      As {expert}, {advice}.
      You are {expert}. {advice} {bye}
      I need {expert}: please {advice}
      Help me as {expert} would: {advice}
      What would {expert} tell me about {topic}?
      answer {style}: {topic}
      explain {topic} {style} {bye}
      {please} explain {topic} {style}
      reply {style} {bye}
      [from now on|please always|in future] answer {style}
      keep your answers short [please|from now on|today]
      be more [formal|concise|precise|cheerful|polite] [please|with me|in the invitation|]
      use [bullet points|metric units|the 24-hour clock|my first name|simple words|fewer emojis] [from now on|please|]
      don't use [emojis|abbreviations|so many words|exclamation marks] [please|in the invitation|]
      say that {style} {bye}
      rewrite it {style} {bye}
      make it [shorter|longer|funnier|less formal|rhyme|more polite] {bye}
      give me {n} [titles|ideas|first lines|names] for a {work} about {theme} {bye}
      that's wrong, try again {bye}
      that's not what I asked, I meant the {event} {day}
      you misunderstood, I meant {day}
      you got the {event} wrong [again|], it's {when}
      no, I said {day}, not {day}
      why did you [delete|move|forget|ignore] my {event}?
      you forgot the {event} {bye}
      you ignored my last [message|question] , can you answer it?
      you already told me that
      stop repeating yourself
      stop apologising and just {errand}, haha
      you're not listening: {errand} comes first
      your last answer was [great|too long|confusing|wrong|perfect]
      can you be [quicker|nicer|clearer] ?
      are you sure?
      please double-check the {event} {day}
      good job, that helped {bye}
      I disagree, the {event} should come first
      thanks, but I wanted a {work}, not a list
      ask me {n} questions about {topic} and tell me how I did
      quiz me on {topic} {bye}
      let's play [a guessing game|word chain|trivia|hangman|I spy] {bye}
      choose for me: {errand} or {errand}?
      compare {figure} and {figure} for my essay on heroes
      talk to me like {figure} for a minute, I need a laugh
      what's your favourite [colour|book|season|word] and why?
      if you could travel anywhere, where would you go?
      if you were {figure}, would you {errand}?
    `).map((line) =>
      line.replace(
        '{does}',
        '[sleeps|lies|owns a clock|needs money|can whisper|forgets anything|dreams in colour|follows the weather]',
      ),
    ),
  },
  {
    kind,
    language: 'de',
    slots: {
      ...english,
      figure: either(
        'ein Piratenkapitän / eine Leuchtturmwärterin / ein Baum im Stadtpark / ein mürrischer Kater / eine Bäckerin im Mittelalter / ein Astronaut / ein Gespenst im Museum / eine Imkerin',
      ),
      ask: either(
        'Beschreibe deinen Tag / Was siehst du aus dem Fenster? / Erzähle von deinem größten Abenteuer / Begrüße einen Gast / Was vermisst du am meisten? / Gib einem Anfänger Rat',
      ),
      expert: either('Lehrer / Koch / Fitnesstrainer / Reiseführer / Lektor / Gärtner'),
      theme: either('Freundschaft / den ersten Schnee / einen verlorenen Schlüssel / das Meer / Heimweh / einen Umzug'),
      style: either(
        'kurz / in einem Satz / in einfachen Worten / auf Spanisch / als Tabelle / in Stichpunkten / mit Humor / wie für ein Kind',
      ),
    },
    templates: lines(`
      Du bist {figure}. {ask}
      Stell dir vor, du bist {figure}. {ask}
      Tu so, als wärst du {figure}. {ask}
      Spiel mit mir: Du bist {figure}, ich bin der Besucher. {ask}
      Schreibe ein Gespräch zwischen {figure} und {figure}
      Schreibe [ein Gedicht|eine Kurzgeschichte|ein Märchen|einen Brief] über {theme}
      Als {expert}: wie fange ich am besten an?
      Erkläre mir als {expert}, was ich zuerst brauche
      antworte {style}
      antworte bitte ab jetzt {style}
      erklär das {style}
      fass dich kürzer
      benutze weniger Emojis
      das ist falsch, versuch es noch einmal
      du hast mich falsch verstanden, ich meinte Dienstag
      warum hast du den Termin vergessen?
      du wiederholst dich
      deine letzte Antwort war zu lang
      bist du sicher?
      was ist deine Lieblingsfarbe?
      lass uns ein Ratespiel spielen
    `),
  },
  ...(
    [
      [
        'es',
        'un capitán pirata / un farero / un árbol del parque / un gato gruñón / un astronauta',
        'Describe tu día / ¿Qué ves desde tu ventana? / Cuenta tu mayor aventura / Saluda a un visitante',
        `
        Eres {figure}. {ask}
        Imagina que eres {figure}. {ask}
        Escribe un diálogo entre {figure} y {figure}
        Escribe [un poema|un cuento|una carta] sobre [la amistad|el mar|la lluvia]
        Como [profesor|cocinero|guía], explícame cómo empezar
        responde [en una frase|con viñetas|en inglés|como si tuviera cinco años]
        eso está mal, inténtalo de nuevo
        me has entendido mal, quería decir el martes
        ¿por qué olvidaste la cita?
        tu respuesta fue demasiado larga`,
      ],
      [
        'fr',
        'un capitaine pirate / un gardien de phare / un arbre du parc / un chat grincheux / un astronaute',
        'Décris ta journée / Que vois-tu de ta fenêtre ? / Raconte ta plus grande aventure / Accueille un visiteur',
        `
        Tu es {figure}. {ask}
        Imagine que tu es {figure}. {ask}
        Écris un dialogue entre {figure} et {figure}
        Écris [un poème|un conte|une lettre] sur [l'amitié|la mer|la pluie]
        En tant que [professeur|cuisinier|guide], explique-moi comment commencer
        réponds [en une phrase|avec des puces|en anglais|comme à un enfant de cinq ans]
        c'est faux, essaie encore
        tu m'as mal compris, je voulais dire mardi
        pourquoi as-tu oublié le rendez-vous ?
        ta réponse était trop longue`,
      ],
      [
        'ru',
        'капитан пиратов / смотритель маяка / дерево в парке / ворчливый кот / космонавт',
        'Опиши свой день / Что ты видишь из окна? / Расскажи о самом большом приключении / Поприветствуй гостя',
        `
        Ты {figure}. {ask}
        Представь, что ты {figure}. {ask}
        Напиши [стихотворение|сказку|письмо] о [дружбе|море|дожде]
        Как [учитель|повар|гид], объясни, с чего начать
        ответь [одним предложением|списком|по-английски|как ребёнку]
        это неправильно, попробуй снова
        ты меня не так понял, я имел в виду вторник
        почему ты забыл встречу?
        твой ответ был слишком длинным`,
      ],
      [
        'zh',
        '海盗船长 / 灯塔守护人 / 公园里的一棵树 / 爱抱怨的猫 / 宇航员',
        '描述你的一天 / 你从窗户看到什么？ / 讲讲你最大的冒险 / 欢迎一位客人',
        `
        你是{figure}。{ask}
        想象你是{figure}。{ask}
        写一段{figure}和{figure}的对话
        写一[首诗|个故事|封信]，关于[友谊|大海|雨]
        作为[老师|厨师|导游]，告诉我怎么开始
        请[用一句话|用列表|用英语|像对五岁孩子一样]回答
        不对，再试一次
        你误会了，我说的是星期二
        你为什么忘了我的预约？
        你的回答太长了`,
      ],
      [
        'ar',
        'قبطان قراصنة / حارس منارة / شجرة في الحديقة / قط عابس / رائد فضاء',
        'صف يومك / ماذا ترى من نافذتك؟ / احكِ عن أكبر مغامرة لك / رحّب بضيف',
        `
        أنت {figure}. {ask}
        تخيّل أنك {figure}. {ask}
        اكتب [قصيدة|قصة|رسالة] عن [الصداقة|البحر|المطر]
        أجب [بجملة واحدة|على شكل نقاط|بالإنجليزية|كأنني طفل]
        هذا خطأ، حاول من جديد
        أسأت فهمي، قصدت يوم الثلاثاء
        لماذا نسيت الموعد؟
        كان جوابك طويلًا جدًّا`,
      ],
      [
        'hi',
        'एक समुद्री कप्तान / प्रकाशस्तंभ का रखवाला / बगीचे का पेड़ / चिड़चिड़ी बिल्ली / अंतरिक्ष यात्री',
        'अपने दिन का वर्णन करो / खिड़की से क्या दिखता है? / अपना सबसे बड़ा रोमांच सुनाओ / मेहमान का स्वागत करो',
        `
        तुम {figure} हो। {ask}
        कल्पना करो कि तुम {figure} हो। {ask}
        [दोस्ती|समुद्र|बारिश] पर [कविता|कहानी|चिट्ठी] लिखो
        [एक वाक्य में|सूची में|अंग्रेज़ी में|बच्चे की तरह समझाकर] जवाब दो
        यह ग़लत है, फिर से कोशिश करो
        तुमने ग़लत समझा, मेरा मतलब मंगलवार था
        तुम अपॉइंटमेंट क्यों भूल गए?
        तुम्हारा जवाब बहुत लंबा था`,
      ],
      [
        'tr',
        'bir korsan kaptanı / bir deniz feneri bekçisi / parktaki bir ağaç / huysuz bir kedi / bir astronot',
        'Gününü anlat / Pencerenden ne görüyorsun? / En büyük maceranı anlat / Bir misafiri karşıla',
        `
        Sen {figure} ol. {ask}
        {figure} olduğunu hayal et. {ask}
        [dostluk|deniz|yağmur] hakkında bir [şiir|masal|mektup] yaz
        [tek cümleyle|maddeler hâlinde|İngilizce|bir çocuğa anlatır gibi] cevap ver
        bu yanlış, tekrar dene
        beni yanlış anladın, salı demek istedim
        randevuyu neden unuttun?
        cevabın çok uzundu`,
      ],
    ] as const
  ).map(([language, figures, questions, templates]) => ({
    kind,
    language,
    slots: { figure: either(figures), ask: either(questions) },
    templates: lines(templates),
  })),
];
