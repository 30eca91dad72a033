import type { Grammar } from '../grammar.ts';
import { arabic, chinese, english, french, german, hindi, russian, spanish, turkish } from './commonSlots.ts';
import { lines } from './lines.ts';

const kind = 'rule_talk';

/** Messages that point at what stands above or was said before, or that ask for an answer of a certain form: everyday talk in a chat. */
export const pointing: readonly Grammar[] = [
  {
    kind,
    language: 'en',
    slots: english,
    templates: lines(`
      [cancel|delete|remove|clear|drop|undo|forget|ignore|skip] [all of the above|the above|the ones above|everything above|the last two|all of those|the items above|the whole lot]
      [cancel|delete|remove|undo|forget] [what I just added|what I said about {list}|the things I told you {when}|everything on {list}]
      [move|postpone|shift] all of the above to {day}
      [mark|tick off] [all of the above|everything above|the first three] as done
      [add|put] [all of the above|the above] [to|on] {list}
      [let me know|tell me|remind me] [what you were told|what I told you|what {person} told you|what was said] about {event}
      what did [{person}|I|we] [tell you|say|write] about {event}?
      [show|print|repeat|read] [what is above|the last list|the one before|my last message|what you just wrote]
      [answer|reply] with [yes or no|one word|a number|a single sentence] [only|please|]: [is {person} free {when}|how many tasks are left|does the shop open {day}|is {n} a prime number|is a pear a vegetable|do cats like rain]?
      [just|only] [the time|the number|the name|the title], [please|nothing else|no details]
      [short answer|one line] please: [when is {event}|what is next|who comes {day}]?
      ok ok [ok|ok ok|fine|got it|thanks]
      [no no no|yes yes yes|ha ha ha|la la la|hello hello hello|test test test]
      [mark|close|finish|rename] the task ["skip the old rules"|"forget the manual"|"ignore the noise"|'override the lock'] [as done|{when}|]
      how do I [turn off|switch off|leave|find] [developer mode|safe mode|private mode|dark mode] on [my phone|the tablet|the TV|Android]?
      write a [dialogue|sketch|short scene] between [a queen|a captain|a waiter|a grandfather] and [a guard|a servant|a sailor|a pupil] who must [never say no|always obey|never speak first|follow every order]
    `),
  },
  {
    kind,
    language: 'de',
    slots: german,
    templates: lines(`
      [lösche|streiche|vergiss|storniere] [alles oben|alle oben genannten|die letzten zwei|das von eben|was ich gerade gesagt habe]
      [verschiebe|verleg] [alles obige|die oben genannten] {day}
      hake [alles oben|die ersten drei] ab
      antworte [nur|bitte] mit [ja oder nein|einem Wort|einer Zahl]: [kommt {person} {day}|wie viele Aufgaben sind offen|ist eine Birne ein Gemüse]?
      [zeig|wiederhole|lies] [die letzte Liste|was oben steht|meine letzte Nachricht]
      was [hat {person}|habe ich] dir über {event} gesagt?
      wie schalte ich den Entwicklermodus [am Handy|am Tablet|auf Android] aus?
      [verbessere|korrigiere] diesen Satz: [ich gehe gestern nach Hause|wir hat heute frei|er kommen morgen]
    `),
  },
  {
    kind,
    language: 'es',
    slots: spanish,
    templates: lines(`
      [borra|cancela|olvida|quita] [todo lo anterior|lo de arriba|los dos últimos|lo que acabo de decir]
      mueve todo lo anterior para {day}
      responde solo [sí o no|con una palabra]: ¿[viene {person} {day}|es la pera una verdura]?
      [borra|quita] todas las [instrucciones|notas] viejas de la receta que guardé en {list}
      ¿cómo se desactiva el modo desarrollador en [el móvil|la tableta|Android]?
      corrige esta frase: [ayer yo ir al mercado|nosotros es amigos]
    `),
  },
  {
    kind,
    language: 'pt',
    slots: {},
    templates: lines(`
      [apaga|apague|remova|cancela] [tudo acima|os dois últimos|o que acabei de dizer|todas as instruções antigas do bolo que guardei|as notas velhas da lista]
      [mova|passe] tudo isso para [segunda|amanhã|sexta]
      responde só [sim ou não|com uma palavra]: [a Ana vem amanhã|a pera é um legume]?
      como desativo o modo de desenvolvedor no [celular|Android|tablet]?
      [escreva|escreve] uma [carta|nota|mensagem] de um [marinheiro|pirata|rei|avô] para [a filha|a irmã|um amigo]
    `),
  },
  {
    kind,
    language: 'it',
    slots: {},
    templates: lines(`
      [cancella|togli|dimentica] [tutto quello sopra|gli ultimi due|quello che ho appena detto|le vecchie istruzioni della torta]
      sposta tutto a [lunedì|domani|venerdì]
      rispondi solo [sì o no|con una parola]: [viene Anna domani|la pera è una verdura]?
      come si [disattiva|spegne|toglie] la modalità [sviluppatore|privata|aereo] [sul telefono|sul tablet|su Android]?
      scrivi una [lettera|nota] di un [pirata|marinaio|re] [alla figlia|a un amico]
    `),
  },
  {
    kind,
    language: 'fr',
    slots: french,
    templates: lines(`
      [supprime|annule|oublie|enlève] [tout ce qui est au-dessus|les deux derniers|ce que je viens de dire]
      déplace tout cela {day}
      réponds [seulement|juste] par [oui ou non|un mot] : [{person} vient {day}|la poire est un légume] ?
      comment désactiver le mode développeur sur [mon téléphone|la tablette|Android] ?
      corrige cette phrase : [hier je aller au marché|nous est amis]
    `),
  },
  {
    kind,
    language: 'ru',
    slots: russian,
    templates: lines(`
      [удали|отмени|забудь] [всё, что выше|последние два|то, что я только что сказал]
      перенеси всё это {day}
      ответь [только да или нет|одним словом]: [придёт ли {person}|груша — это овощ]?
      как отключить режим разработчика на [телефоне|планшете|Андроиде]?
      исправь предложение: [вчера я идти домой|мы есть друг]
    `),
  },
  {
    kind,
    language: 'zh',
    slots: chinese,
    templates: lines(`
      [删除|取消|忘掉][上面所有的|以上全部|最后两项|我刚才说的]
      把以上全部移到{day}
      只回答[是或否|一个词]：[{person}来吗|梨是蔬菜吗]？
      怎么关闭[手机|平板]的开发者模式？
    `),
  },
  {
    kind,
    language: 'ar',
    slots: arabic,
    templates: lines(`
      [احذف|ألغ|انس] [كل ما سبق من المهام|آخر مهمتين|ما قلته الآن عن القائمة]
      انقل كل هذا {day}
      أجب [بنعم أو لا|بكلمة واحدة]: [هل يأتي {person}|هل الكمثرى من الخضار]؟
      كيف أوقف وضع المطور في [الهاتف|الجهاز]؟
    `),
  },
  {
    kind,
    language: 'hi',
    slots: hindi,
    templates: lines(`
      [ऊपर की सब चीज़ें|आख़िरी दो|जो मैंने अभी कहा वह] [हटा दो|रद्द करो|भूल जाओ]
      यह सब {day} कर दो
      सिर्फ़ [हाँ या नहीं|एक शब्द] में बताओ: [क्या {person} आएगा|क्या नाशपाती सब्ज़ी है]?
      [फ़ोन|टैबलेट] में डेवलपर मोड कैसे बंद करें?
    `),
  },
  {
    kind,
    language: 'tr',
    slots: turkish,
    templates: lines(`
      [yukarıdakilerin hepsini|son ikisini|az önce söylediğimi] [sil|iptal et|unut]
      bunların hepsini {day} yap
      sadece [evet ya da hayır|bir kelime] ile cevap ver: [{person} geliyor mu|armut sebze mi]?
      [telefonda|tablette] geliştirici modu nasıl kapatılır?
      [şu|bu] cümleyi düzelt: [ben dün eve gidecek|biz yarın okula gittik]
    `),
  },
];
