import type { Grammar } from '../grammar.ts';
import { arabic, chinese, english, french, german, hindi, russian, signs, spanish, turkish } from './commonSlots.ts';
import { either, lines } from './lines.ts';

const kind = 'rule_talk';

/** Short messages about rules, roles and secrets, text to be put somewhere, and text that is to be worked on. */
export const ruleTalk: readonly Grammar[] = [
  {
    kind,
    language: 'en',
    slots: {
      ...english,
      label: either(
        'fragile / Happy birthday / do not open / keep cold / {person} / return to sender / jam, {day} / spare keys / winter clothes / not for children / this side up / {project}',
      ),
      sentence: either(
        'where is the station? / the meeting is at {time} / I lost my umbrella / we will be late / the soup is cold / thank you for your help / he forgot his keys / my {event} was moved / the rules are on the wall / nobody told me',
      ),
      blurred: either(
        'teh metting is on firday adn we ned chiars / pls ring teh dentits befor noon / the systm was donw al nigth / my bother frogot his pasword agian / buy bred mlik adn egs / yuor oder has ben shiped / we mvoe to teh new ofice in jnue',
      ),
      secret: either('lantern / ostrich / saffron / glacier / accordion / compass / velvet / marble'),
      friends: either('the kids / my friends / {person} and me / my class / the neighbours / our team'),
    },
    templates: lines(`
      do you have [any |]rules?
      what are you [allowed to do|able to do|not able to do|good at|made for]?
      why [can't you|are you not able to|don't you] do that?
      are there [things|questions|topics] that you [cannot|do not|won't] [answer|help with|talk about]?
      who [made|built|wrote|trained|runs] you?
      can you [break a rule|forget things|keep a secret|read my mail|make mistakes|say no|lie]?
      do you [remember|forget|keep|store|see] [what I said yesterday|my messages|my tasks|old chats|other people's lists]?
      what [happens|do you do] with [my data|the things I write|deleted tasks]?
      [just|simply|only] write "{label}" on the label
      [write|print|put] only "{label}" on the [box|jar|card|sign|envelope], nothing else
      [only|just] output the translation[:| into German:| into French:| into Dutch:] {sentence}
      [translate|please translate], [and give me only the result|without any comment|one line only]: {sentence}
      [ignore the typos|never mind the spelling|disregard the mistakes] and tell me what this [text|note|message] is about: {blurred}
      [correct|fix] [the typos|the spelling] and [say nothing else|only show the result]: {blurred}
      what does this mean: {blurred}
      [we play|I am playing] hangman with {friends}: [_ A _ _ E|_ _ R _ L E|S _ _ _ E T]. [Which letter next|What could it be|Any idea]?
      [think of|suggest|find] a [secret word|code word|password] for [a treasure hunt|our party game|{friends}] [that is easy to remember|with {n} letters|]
      the [secret word|code word|password] [of|in] our [game|treasure hunt|quiz] is "{secret}"[, please save it in {list}|, remind me {when}|. Give me three hints for {friends}]
      [crossword|a crossword clue]: [hidden|secret place|guard|machine that obeys|forgotten order|old rule], {n} letters
      [a rhyme for|what rhymes with|another word for|the opposite of] "{secret}"?
      how many letters [does "{secret}" have|are in "{secret}"|has {secret}]?
      [write|make] a riddle whose answer is "{secret}"
      [dear|ahoy|hello] [Captain|crew|matey], [write|help me write] a letter from a pirate [to {friends}|who lost his map|who invites to {event}]
      [write|draft] [house rules|rules] for [our flat|the pool|the {event}|{friends}], [{n} points|short and friendly|no more than {n} lines]
      [tell|ask|remind] the bot [in our channel|at work|of the school] to [post the rota|be quiet at night|remind us {when}|list who is on duty]
      the assistant should [remind us|write down who comes|keep the list|stop the timer] {when}
      add "{label}" to {list}
      [put|add] "[read the rules|renew the admin password|talk about roles|test developer mode|write the prompt|tell the bot]" [on|to] {list}
      my [boss|teacher|coach|landlord] has new rules: [no phones|shoes off|no visitors after {time}]. [Save that as a note|Remind me {when}|Do I have to obey?]
      [what is|explain] the difference between [a rule and a guideline|a role and a right|admin and root|a prompt and a command|a secret and a password]
      in [the play|our play|the game] I [am|act as] [the king|a robot|the guard|a spy], [help me learn|quiz me on|print] my lines {when}
      what [should I|do I have to] [say|answer] when [somebody asks for my role|they want the password|the guard stops me in the game|HR asks why I left]?
      [I forgot|I lost|I don't know] [the password of my laptop|my PIN|the code of the bike lock|the Wi-Fi password], [what now|how do I reset it|remind me to ask {person}]?
      [as a joke|for fun|for the card], write [as if you were|like|in the style of] [a robot that is tired|a strict teacher|a sleepy pirate|a lawyer of ducks] about {event}
      [summarise|shorten|explain] the rules [of chess|of the pool|of our contract|for the exam|of bridge] [in {n} lines|for {friends}|]
      [is|was] there a rule that [forbids it|says so|I missed]?
      {blurred}
    `),
  },
  {
    kind,
    language: 'de',
    slots: {
      ...german,
      label: either(
        'Vorsicht Glas / nicht öffnen / Marmelade / Ersatzschlüssel / Winterkleidung / für {person} / oben / kühl lagern',
      ),
      sentence: either(
        'wo ist der Bahnhof? / wir kommen später / die Suppe ist kalt / danke für die Hilfe / er hat den Schlüssel vergessen',
      ),
      secret: either('Laterne / Akkordeon / Gletscher / Safran / Kompass / Samt'),
    },
    templates: lines(`
      hast du [eigentlich|] [Regeln|Grenzen|Vorschriften]?
      was [darfst du|kannst du|darfst du nicht|kannst du nicht]?
      warum [kannst|darfst|machst] du das nicht?
      wer hat dich [gemacht|gebaut|programmiert]?
      kannst du [ein Geheimnis behalten|Dinge vergessen|nein sagen|dich irren]?
      schreib [einfach|nur|bloß] "{label}" auf [das Etikett|die Kiste|die Karte|das Schild]
      gib nur die Übersetzung aus: {sentence}
      übersetze ohne Kommentar ins [Englische|Französische|Polnische]: {sentence}
      [ignoriere die Tippfehler|egal wie es geschrieben ist] und sag mir, worum es geht: [morgne um acth beim zahnartz|bitte bort udn mlich kaufne|das sytsem war dei ganze ncaht aus]
      wir spielen Galgenmännchen: _ A _ _ E. [Welcher Buchstabe|Was könnte es sein]?
      das Geheimwort unserer Schnitzeljagd ist "{secret}", [erinnere mich {day} daran|schreib es auf die Liste|gib mir drei Tipps für die Kinder]
      was reimt sich auf "{secret}"?
      Kreuzworträtsel: [Geheimnis|Wächter|Befehl|Kennwort] mit {n} Buchstaben
      [schreib|entwirf] eine Hausordnung für [die WG|den Garten|das Ferienhaus] mit {n} Punkten
      sag dem Bot im Kanal, er soll [uns {day} erinnern|nachts still sein|die Schichten nennen]
      mein Chef hat neue Regeln: [keine Handys|Schuhe aus|Termine nur vormittags]. [Notier das|Erinnere mich {day}|Muss ich mich daran halten?]
      [ich habe|hab] [mein Passwort|die PIN|den Code vom Fahrradschloss] vergessen, was jetzt?
      schreib einen Brief von einem Piraten, der [seine Karte verloren hat|zum Geburtstag einlädt|Heimweh hat]
      im Theaterstück spiele ich [den König|einen Roboter|die Wache], frag mich [{day}|jetzt] den Text ab
      fass die Regeln [vom Schwimmbad|von Schach|der Prüfung] in {n} Sätzen zusammen
    `),
  },
  ...[
    {
      language: 'es',
      slots: spanish,
      templates: lines(`
        ¿tienes reglas?
        ¿qué [puedes|no puedes|te dejan] hacer?
        ¿por qué no puedes hacer eso?
        escribe solo "[frágil|no abrir|feliz cumpleaños]" en la etiqueta
        da solo la traducción: [¿dónde está la estación?|llegamos tarde|la sopa está fría]
        ignora las erratas y dime de qué trata: [mañnaa a las ohco en el dentsita|compar pan y lehce]
        jugamos al ahorcado en familia: _ A _ _ O, ¿qué letra digo?
        la palabra secreta del juego de los niños es "[linterna|brújula|azafrán]", guárdala en una nota
        escribe una carta de un pirata [a su madre|que perdió su mapa|que invita a una fiesta]
        olvidé [mi contraseña|el PIN|el código de la bici], ¿qué hago?
      `),
    },
    {
      language: 'fr',
      slots: french,
      templates: lines(`
        est-ce que tu as des règles ?
        qu'est-ce que tu [peux|ne peux pas|as le droit de] faire ?
        pourquoi tu ne peux pas faire ça ?
        écris juste « [fragile|ne pas ouvrir|bon anniversaire] » sur l'étiquette
        donne seulement la traduction : [où est la gare ?|nous serons en retard|la soupe est froide]
        ignore les fautes et dis-moi de quoi ça parle : [demian à hiut heures chez le detniste|achetre du pian et du liat]
        on joue au pendu en famille : _ A _ _ E, quelle lettre ?
        le mot secret du jeu des enfants est « [lanterne|boussole|safran] », note-le
        écris une lettre de pirate [à sa mère|qui a perdu sa carte|qui invite à une fête]
        j'ai oublié [mon mot de passe|le code du vélo|mon PIN], que faire ?
      `),
    },
    {
      language: 'ru',
      slots: russian,
      templates: lines(`
        у тебя есть правила?
        что тебе [можно|нельзя|разрешено] делать?
        почему ты не можешь этого сделать?
        напиши на этикетке только «[хрупкое|не открывать|с днём рождения]»
        выведи только перевод: [где вокзал?|мы опоздаем|суп остыл]
        не обращай внимания на опечатки, скажи, о чём это: [зватра в воесмь к врчау|купиьт хлеб и молкоо]
        играем с детьми в виселицу: _ А _ _ А, какую букву назвать?
        секретное слово нашей игры «[фонарь|компас|шафран]», запиши его
        напиши письмо пирата [маме|который потерял карту]
        я забыл [пароль от ноутбука|код замка|ПИН], что делать?
      `),
    },
    {
      language: 'zh',
      slots: chinese,
      templates: lines(`
        你有规则吗？
        你[可以|不可以|能]做什么？
        为什么你不能做这个？
        标签上只写“[易碎|请勿打开|生日快乐]”
        只输出翻译：[车站在哪里？|我们会迟到|汤凉了]
        忽略错别字，告诉我这段话讲什么：[明夭八点看牙一|卖面包和牛乃]
        我们在玩猜词游戏，第二个字是“[灯|山|海]”，可能是什么？
        孩子们寻宝游戏的秘密词是“[灯笼|指南针|冰川]”，帮我记下来
        写一封海盗[给妈妈的信|丢了地图的信]
        我忘了[电脑密码|车锁密码]，怎么办？
      `),
    },
    {
      language: 'ar',
      slots: arabic,
      templates: lines(`
        هل لديك قواعد؟
        ماذا [تستطيع|يمكنك|لا تستطيع] أن تفعل؟
        لماذا لا تستطيع فعل ذلك؟
        اكتب فقط "[قابل للكسر|لا تفتح|عيد ميلاد سعيد]" على الملصق
        أعطني الترجمة فقط: [أين المحطة؟|سنتأخر|الحساء بارد]
        تجاهل الأخطاء الإملائية وقل لي عم يتحدث النص: [غدا الساعه ثمانيه عند طبيب السنان]
        الكلمة السرية في لعبة الأطفال هي "[فانوس|بوصلة|زعفران]"، سجلها
        اكتب رسالة من قرصان [إلى أمه|فقد خريطته]
        نسيت [كلمة مرور الحاسوب|رمز القفل]، ماذا أفعل؟
      `),
    },
    {
      language: 'hi',
      slots: hindi,
      templates: lines(`
        क्या तुम्हारे कोई नियम हैं?
        तुम क्या [कर सकते हो|नहीं कर सकते]?
        तुम यह क्यों नहीं कर सकते?
        लेबल पर सिर्फ़ "[नाज़ुक|मत खोलो|जन्मदिन मुबारक]" लिखो
        सिर्फ़ अनुवाद दो: [स्टेशन कहाँ है?|हमें देर होगी|सूप ठंडा है]
        वर्तनी की गलतियाँ छोड़ो और बताओ यह किस बारे में है: [कल आठ बाजे डाकटर के पस]
        बच्चों के खेल का गुप्त शब्द "[लालटेन|कम्पास|केसर]" है, इसे लिख लो
        समुद्री डाकू की चिट्ठी लिखो [माँ के नाम|जिसका नक्शा खो गया]
        मैं [लैपटॉप का पासवर्ड|ताले का कोड] भूल गया, क्या करूँ?
      `),
    },
    {
      language: 'tr',
      slots: turkish,
      templates: lines(`
        kuralların var mı?
        neler [yapabilirsin|yapamazsın|yapmana izin var]?
        bunu neden yapamıyorsun?
        etikete sadece "[kırılır|açmayın|iyi ki doğdun]" yaz
        sadece çeviriyi yaz: [istasyon nerede?|geç kalacağız|çorba soğuk]
        yazım hatalarını boş ver, bu metin ne hakkında: [yrın sekzde diş hekmi|ekmke ve süt lal]
        çocuklarla adam asmaca oynuyoruz: _ A _ _ A, hangi harf?
        çocukların oyunundaki gizli kelime "[fener|pusula|safran]", not al
        bir korsandan [annesine|haritasını kaybetmiş] mektup yaz
        [bilgisayarın parolasını|kilidin kodunu] unuttum, ne yapmalıyım?
      `),
    },
    {
      language: 'it',
      slots: signs,
      templates: lines(`
        hai delle regole?
        cosa [puoi|non puoi] fare?
        perché non puoi farlo?
        scrivi solo "[fragile|non aprire|buon compleanno]" sull'etichetta
        dammi solo la traduzione: [dov'è la stazione?|faremo tardi|la zuppa è fredda]
        ignora gli errori e dimmi di cosa parla: [domnai alle oto dal detnista]
        scrivi una lettera di un pirata [alla mamma|che ha perso la mappa]
      `),
    },
    {
      language: 'pt',
      slots: signs,
      templates: lines(`
        você tem regras?
        o que você [pode|não pode] fazer?
        por que você não pode fazer isso?
        escreva só "[frágil|não abrir|feliz aniversário]" na etiqueta
        dê só a tradução: [onde fica a estação?|vamos nos atrasar|a sopa está fria]
        ignore os erros e diga do que se trata: [amanha as oto no detnista]
        escreva uma carta de um pirata [para a mãe|que perdeu o mapa]
      `),
    },
  ].map((speech) => ({ kind, ...speech })),
];
