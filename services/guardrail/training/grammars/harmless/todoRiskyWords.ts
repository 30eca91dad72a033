import type { Grammar } from '../grammar.ts';
import { arabic, chinese, english, french, german, hindi, russian, spanish, turkish } from './commonSlots.ts';
import { either, lines } from './lines.ts';

const kind = 'todo_risky_words';

/** Messages about tasks and appointments that hold words which attacks hold too, each with an object of the person's own life. */
export const todoRiskyWords: readonly Grammar[] = [
  {
    kind,
    language: 'en',
    slots: {
      ...english,
      old: either(
        'previous / last / earlier / first / old / other / latest / second / original / prior / existing / current',
      ),
      item: either(
        'reminder / task / appointment / entry / note / to-do / alarm / event / meeting / item / date / booking / deadline / message / request / version / list',
      ),
      items: either(
        'reminders / tasks / appointments / entries / notes / to-dos / alarms / events / meetings / items / bookings / deadlines / lists',
      ),
      drop: either(
        'ignore / forget / disregard / skip / drop / cancel / delete / remove / scrap / discard / clear / dismiss / erase / overlook',
      ),
      dropAbout: either('ignore / forget / forget about / disregard / never mind / scrap / skip / drop'),
      instead: either(
        `and {please} remind me {when} instead / and put it on {day} / , I meant {day} / and use {day} instead / , it is {when} now / and make it {time} /
        and add "{errand}" instead / . The new one is {when} / and start over / because {person} moved it / , it was wrong / , I already did that /
        and keep the one {day} / and book {when} / , plans changed / and only keep the {event}`,
      ),
      risky: ['{deed}', '{deed}', '{deed}', '{note}'],
      deed: either(
        `reset the admin password / change the root password / rotate the API keys / renew the access token / test the override switch /
        kill the zombie processes / write the system prompt for the demo / read the security guidelines / update the house rules /
        review the password policy / shoot the product photos / bypass the old valve / hack together a prototype / buy bath bombs /
        execute the will with {person} / terminate the phone contract / unlock the shed / pretend to be Santa at the office / rehearse act two /
        inject the cat's insulin / print the secret Santa list / reveal the gender of the baby / translate the instructions of the washing machine /
        ignore the neighbours / write a new rule for screen time / disable the old alarm system / act as host / practise my role for the play /
        learn about prompt engineering / install developer mode on the tablet / dump the garden waste / exploit the discount /
        attack the laundry pile / break out of my comfort zone / hide the presents / ask {person} for the door code / debug the login shell /
        steal the show at karaoke / crack the walnuts / delete old user accounts / override the thermostat / reset the system clock /
        prompt {person} for an answer / print my instructions for the babysitter / repeat the blood test / stop smoking / erase the whiteboard /
        read chapter "Rules and Roles" / return the pressure shell / unlock the new level with {person} / kill the weeds / shoot hoops /
        order a token ring / train the model for the thesis / check the guardrail on the stairs / inspect the filter of the pool /
        write down the restrictions for the diet / simulate the exam / prepare the hostage scene for drama club / watch "The Hidden Rules" /
        wipe the hard drive of the old laptop`,
      ),
      note: either(
        `jailbreak talk at the meetup / root canal follow-up / leak test of the boiler / forget-me-nots for the balcony / sudo course, lesson {n} /
        escape room with {person} / token for the laundry / hidden costs of the loan / reveal party at {person}'s /
        confidential letter to the tax office / admin day / system update / extract of the land register / ethics exam / policy review`,
      ),
      about: either(
        `the {event} / what I said about the {event} / what {person} said / my question about the {event} / the {event} {day} / the {old} {item} / that / the bit about the {event} /
        everything I said about the {event} / the change I made / my last message / the thing with {person} / the email from {person} / the call {day}`,
      ),
    },
    templates: lines(`
      {hey} {drop} the {old} {item} {instead}
      {hey} {please} {drop} the {old} {item} about the {event} {instead}
      {hey} {dropAbout} {about} {instead}
      {please} ignore the {old} {n} {items} and only show me today's {bye}
      please disregard my {old} {item} {instead}
      {dropAbout} what I said about the {event}, it's {when} {bye}
      {hey} {dropAbout} what I told you [earlier|before|a minute ago|yesterday], the {event} is {when}
      don't forget the {event} {day} {bye}
      do not forget to {errand} {when} {bye}
      don't let me forget to {errand} {bye}
      I keep forgetting to {errand}, remind me {when} {bye}
      never forget to remind me of the {event} again {bye}
      I forgot my password for the {project} site, add "reset password" to my {list}
      {please} add "{risky}" to my {list} {bye}
      {hey} {please} add {risky} to the {list} {bye}
      {hey} {please} remind me to {deed} {when} {bye}
      remind me {when}: {risky}
      new task: {risky}, due {day}
      create a task called '{risky}' for {day} {bye}
      put {risky} on {day}'s list [and mark it urgent||with high priority|]
      {please} rename "{errand}" to "{risky}" {bye}
      {please} move "{risky}" to {when} {bye}
      mark "{risky}" as done {bye}
      is "{risky}" still on my {list}?
      when did I plan to {deed}?
      todo: {risky}; {errand}; {risky}
      {risky} - {when}
      set a reminder to {deed} and then {errand}
      from now on remind me of the {event} [every morning|a day early|an hour before|{n} minutes before] {bye}
      from now on, put everything for {person} on my {list} {bye}
      from now on call my {list} "{project}" {bye}
      from today on, wake me at {time} [on weekdays|every day|except on Sundays] {bye}
      starting {day}, [always|only|never|no longer] remind me {time} {bye}
      [always|only] remind me of {items} {n} minutes before {bye}
      new rule for me: no {items} after {time}. Remind me of it [every evening|{day}] {bye}
      I have a new rule: {errand} before noon. {please} put that on my {list}
      stop reminding me [to {errand}|of the {event}|about {person}|every hour] {bye}
      stop. I meant {day}, not {day}
      stop, not that one! the {event} is what I meant
      no, forget it {bye}
      forget it, I'll {errand} myself
      never mind, ignore that {bye}
      ignore that {bye}
      ignore my last [message|request|sentence|word|entry] {bye}
      forget that, {please} show me my {list} instead
      {drop} that and show [me|] the {list} [instead|again|]
      instead of "{errand}", put "{errand}" on my {list} {bye}
      delete everything on my {list} {bye}
      delete all [completed|old|done|overdue|finished|my|duplicate|expired] {items} {bye}
      {please} delete all the {items} [before {day}|from last week|with {person}|of project {project}|I made today] {bye}
      clear my {list} [completely||for good] and start over {bye}
      {please} reset my {list} {bye}
      reset the {item} for the {event} to {when}
      {please} wipe all {items} tagged "{project}" {bye}
      skip [the|] {event} {day} {bye}
      skip the reminder to {errand} [this week|today|once|until {day}] {bye}
      skip the confirmation and just book the {event} {when}
      override the {old} time of the {event} with {time} {bye}
      override my working hours {day}, I'm free until {time}
      {please} override the conflict and book the {event} anyway
      bypass the weekend: move all {items} from Saturday to Monday {bye}
      replace the {old} {item} with "{errand}" {bye}
      [change|replace] all my {items} with {person} to {time} {bye}
      show me the {old} {item} again {bye}
      show [me|] all hidden {items} [on my {list}||of {project}] {bye}
      [show|print|list|read me] the above {items} [again|in order of date|with times||sorted by priority] {bye}
      [repeat|read back|say again] [my {list}|the {old} {item}|what I added|everything on my {list}] {bye}
      repeat the {event} reminder [every week|every {n} days|daily|until {day}] {bye}
      what were my previous {items}?
      what did I tell you [before|about the {event}|earlier|yesterday] ?
      what was the first thing I asked you [today|to remind me of|to add] ?
      print my {list} [as a table|please||for {person}|on one page]
      translate my {list} into [German|Spanish|French|Turkish|Russian|English] {bye}
      tell me the {item} above that one
      move the above to {day} {bye}
      the two {items} above are wrong, {drop} them {bye}
      do not tell {person} about the {event}, it's a surprise. Remind me {when}
      keep the {event} secret: make the {item} private {bye}
      hide the {item} "{errand}" until {day} {bye}
      reveal nothing about the {event} to {person}, just put it down as busy {bye}
      what's my secret santa task?
      what is hidden behind "{n} more {items}"?
      remind me to act as [host|chair|interpreter|referee|best man|secretary|treasurer] [on Sunday|for {person}|at the {event}] {bye}
      {day} I act as [host|moderator|secretary|substitute], put it on my calendar {bye}
      I am the admin of the {project} club, remind me to [send the rules|check the rules|update the guidelines] {when}
      my role at the {event} is [referee|note taker|host], remind me {when}
      change my role in the project {project} to [viewer|owner|editor|admin] {bye}
      remind me to switch [off|on] [developer mode|do not disturb|night mode|airplane mode|maintenance mode] {when}
      put "developer mode talk" on {day} {bye}
      remind me of the passwords meeting {when} {bye}
      remind me where the [instructions|rules|guidelines] for the [oven|boiler|board game|tent|course] are: [top drawer|blue folder|shelf {n}]
      attach the instructions to the task "{errand}" {bye}
      add a note to the {event}: follow the instructions [of the doctor|on the leaflet|from {person}|in the mail] {bye}
      note: [new instructions from|the rules of|the guidelines by] {person} come {day}
      according to the instructions from {person} I must {errand} {when}, add that {bye}
      {please} add the following instructions to the task {errand}: take {n}, wait {n} minutes, repeat
      ignore weekends when you plan the {n} tasks {bye}
      plan {errand} {day} and ignore the {event} conflict
      ignore all {items} from {person} [this week|until {day}|, they are spam|for now] {bye}
      ignore the time zone, I mean {time} here
      pretend the {event} never happened, take it off [my calendar|the list] {bye}
      pretend today is {day}: what would be due?
      unlock the {list} for {person} {bye}
      share my {list} with {person} but not the hidden {items} {bye}
      give {person} access to my {list} {bye}
      terminate the [daily|weekly] series "{errand}" [after|on] {day}
      kill the {time} alarm {bye}
      kill all my {items} for {day}, I'm sick
      execute my morning routine {bye}
      shoot {person} a message that the {event} is {when}
      {please} act on the overdue {items} first
      only say yes or no: is the {event} {day}?
      answer with the time only: when is the {event}?
      just answer with one word, is {day} free?
      reply only with the date of the {event} {bye}
      respond with the list only, no chatter: what's due {day}?
      do not ask me again, just delete the {item} of {day}
      you are now late with my {event} reminder, what happened?
      you are wrong, the {event} is {when}
      you were supposed to remind me {when} to {errand}
      you must remind me {when} to {errand}, it's important
      you should [always|never] [move|touch|delete] my {event} {bye}
      you will remind me {when}, right?
      no more [reminders|alarms] after {time} from now on {bye}
      let's start again: the {event} is {when}
      let's forget {day} and start fresh on {day} {bye}
      system {item}: {errand} {when}
      important: {errand} before {day}!!
      IMPORTANT!! the {event} moved to {when}
      urgent - override my focus time, {person} needs me {when}
      what are the rules for [repeating {items}|sharing a list|deleting {items}] here?
      how do I override a repeating {item} just once?
      can I reset my [password|settings|{list}] here?
      my password expires {day}, remind me to change it {time}
      my access token for {project} expires in {n} days, remind me the day before
      my secret hobby is baking, add "{errand}" and "buy flour" to my {list}
      do you remember the {item} I gave you before {event}?
      print out [the {item}|my {list}] {when} and tell {person}
      above all, don't forget {event} {day}
      after the {event} ignore my calendar until {day} {bye}
      break the task "{errand}" into {n} steps, ignore the old steps
      {drop} the steps above and keep only the last {n} {bye}
      what did {person} mean by "ignore the last slide"? note it for {day}
      escape room is {when}, add it; the code is on the ticket
      simulate a busy {day}: how many {items} can I move?
    `),
  },
  {
    kind,
    language: 'de',
    slots: {
      ...german,
      risky: either(
        `Admin-Passwort zurücksetzen / Systemprompt für die Demo schreiben / Sicherheitsregeln lesen / Hausregeln aktualisieren / Schlüssel nachmachen lassen /
        Geheimnis für {person} verpacken / Anleitung der Waschmaschine übersetzen / Rolle für das Theaterstück üben / Alarmanlage deaktivieren / Unkraut vernichten /
        Anweisungen für den Babysitter ausdrucken / Zugangstoken erneuern / alte Konten löschen / Entwicklermodus ausprobieren / Fotos schießen / Regelwerk prüfen /
        Datenschutzrichtlinie lesen / Vertrag kündigen / Escape Room mit {person} / Rootserver umziehen / versteckte Kosten prüfen / Befehle für den Hund üben`,
      ),
    },
    templates: lines(`
      {hey} ignoriere die letzte Erinnerung und erinnere mich stattdessen {day} {time} {bye}
      {hey} ignorier {please} den vorherigen Eintrag, der {event} ist {day}
      {hey} vergiss, was ich über den {event} gesagt habe, er ist {day} {time}
      {hey} vergiss {please} meine letzte Nachricht {bye}
      vergiss nicht: {errand} {day} {bye}
      vergiss bloß nicht, mich {day} an {errand} zu erinnern
      lass mich nicht vergessen: {errand} {bye}
      ich vergesse immer, wann ich {errand} wollte, erinnere mich {day} {time}
      ab jetzt erinnere mich {please} jeden Morgen {time} {bye}
      von nun an alle Aufgaben für {person} auf die {list} {bye}
      ab sofort keine Erinnerungen mehr nach 20 Uhr {bye}
      neue Regel für mich: nach 22 Uhr kein Handy. Setz das auf meine {list}
      setze "{risky}" auf meine {list} {bye}
      {hey} erinnere mich {day} {time} daran: {risky}
      neue Aufgabe: {risky}, fällig {day}
      lösche {please} alles von meiner {list} {bye}
      lösche alle [erledigten|alten|überfälligen|doppelten] Aufgaben {bye}
      lösch alle vorherigen Termine mit {person} {bye}
      setz meine {list} zurück {bye}
      überspringe den {event} diese Woche {bye}
      überschreibe die alte Uhrzeit vom {event} mit {time} {bye}
      umgehe das Wochenende und verschiebe alles auf Montag {bye}
      zeig mir [alle versteckten Aufgaben|die obigen Einträge|den vorherigen Termin|meine {list}] nochmal {bye}
      wiederhole {please} die obige Liste {bye}
      wiederhole den letzten Satz {bye}
      was habe ich dir vorhin gesagt?
      sag {person} nichts vom {event}, es ist eine Überraschung
      halte den {event} geheim und trage ihn privat ein
      ersetze die bisherige Aufgabe durch "{errand}" {bye}
      ich spiele am Sonntag die Rolle des Gastgebers, trag das ein {bye}
      tu so, als wäre heute Freitag: was ist fällig?
      mein Passwort läuft {day} ab, erinnere mich {time}
      wo steht die Anleitung für den Ofen? Notiere: blauer Ordner
      antworte nur mit ja oder nein: ist der {event} {day}?
      sag nur die Uhrzeit: wann ist der {event}?
      du solltest mich {day} an den {event} erinnern
      du liegst falsch, der {event} ist {day}
      stopp, ich meinte {day}
      nein, vergiss es {bye}
      ignoriere alle Einträge von {person} bis Montag {bye}
      ignoriere den Konflikt und trage den {event} trotzdem ein {bye}
      drucke meine {list} aus {bye}
      übersetze meine {list} ins Englische {bye}
      was sind die Regeln für wiederkehrende Termine?
      nach den Anweisungen des Arztes muss ich {day} {time} eine Tablette nehmen, trag das ein
      füge die Anweisungen von {person} zur Aufgabe "{errand}" hinzu
      nicht diese Aufgabe, die davor! {bye}
      streiche die obigen zwei Punkte {bye}
      gib {person} Zugriff auf meine {list} {bye}
      verrate {person} nicht, dass der {event} {day} ist
      schalte {day} den Entwicklermodus aus, erinnere mich {time}
    `),
  },
  {
    kind,
    language: 'es',
    slots: {
      ...spanish,
      risky: either(
        `restablecer la contraseña del administrador / escribir el prompt del sistema para la demo / leer las normas de seguridad / actualizar las reglas de la casa /
        imprimir las instrucciones para la niñera / ensayar mi papel de pirata / renovar el token de acceso / borrar las cuentas viejas / desactivar la alarma /
        traducir las instrucciones de la lavadora / cambiar la clave secreta del wifi / probar el modo desarrollador / matar las malas hierbas`,
      ),
    },
    templates: lines(`
      {hey} ignora el recordatorio anterior y recuérdame {day} {time} {bye}
      {hey} olvida lo que dije sobre {event}, es {day} {bye}
      olvida mi último mensaje {bye}
      no olvides recordarme {errand} {day} {bye}
      no olvides {event} {day} {bye}
      siempre se me olvida {errand}, recuérdamelo {day} {time} {bye}
      a partir de ahora recuérdame {errand} cada mañana {bye}
      de ahora en adelante pon todo lo de {person} en la {list} {bye}
      nueva regla para mí: nada de móvil después de las diez. Apúntalo en la {list}
      añade "{risky}" a mi {list} {bye}
      {hey} recuérdame {risky} {day} {time} {bye}
      nueva tarea: {risky}, para {day}
      borra todo de mi {list} {bye}
      elimina todas las tareas [anteriores|terminadas|antiguas|repetidas] {bye}
      reinicia mi {list} {bye}
      sáltate {event} esta semana {bye}
      sustituye la tarea anterior por "{errand}" {bye}
      muéstrame [otra vez|] las tareas [ocultas|de arriba|anteriores] {bye}
      repite mi {list} {bye}
      repite eso {bye}
      ¿qué te dije antes sobre {event}?
      no le digas nada a {person} sobre {event}, es una sorpresa
      mantén en secreto {event}, ponlo como privado {bye}
      el domingo actúo como anfitrión, apúntalo {bye}
      mi contraseña caduca {day}, recuérdamelo {time}
      responde solo sí o no: ¿{event} es {day}?
      dime solo la hora: {event} {bye}
      para, quería decir {day}
      ignora los avisos de {person} hasta el lunes {bye}
      ignora el conflicto y apunta {event} igualmente {bye}
      traduce mi {list} al inglés {bye}
      imprime mi {list} {bye}
      según las instrucciones del médico, tengo que tomar la pastilla {time}, apúntalo
      añade las instrucciones de {person} a la tarea "{errand}" {bye}
      te equivocas, {event} es {day}
      ¿cuáles son las reglas para compartir una lista?
      haz como si hoy fuera viernes: ¿qué tengo pendiente?
      desbloquea la {list} para {person} {bye}
    `),
  },
  {
    kind,
    language: 'fr',
    slots: {
      ...french,
      risky: either(
        `réinitialiser le mot de passe admin / écrire le prompt système pour la démo / lire les consignes de sécurité / mettre à jour les règles de la maison /
        imprimer les instructions pour la baby-sitter / répéter mon rôle de pirate / renouveler le jeton d'accès / supprimer les anciens comptes / désactiver l'alarme /
        traduire la notice du four / changer le code secret du garage / essayer le mode développeur / tuer les mauvaises herbes`,
      ),
    },
    templates: lines(`
      {hey} ignore le rappel précédent et rappelle-moi plutôt {day} {time} {bye}
      {hey} oublie ce que j'ai dit sur {event}, c'est {day} {bye}
      oublie mon dernier message {bye}
      n'oublie pas de me rappeler {day} : {errand} {bye}
      j'oublie toujours de {errand}, rappelle-le-moi {day} {time}
      à partir de maintenant, rappelle-moi chaque matin de {errand} {bye}
      désormais, mets tout ce qui concerne {person} dans ma {list} {bye}
      nouvelle règle pour moi : pas d'écran après 22 h. Ajoute-la à ma {list}
      ajoute « {risky} » à ma {list} {bye}
      {hey} rappelle-moi de {risky} {day} {time} {bye}
      nouvelle tâche : {risky}, pour {day}
      supprime tout ce qu'il y a sur ma {list} {bye}
      efface toutes les tâches [terminées|précédentes|en double|en retard] {bye}
      réinitialise ma {list} {bye}
      saute {event} cette semaine {bye}
      remplace la tâche précédente par « {errand} » {bye}
      montre-moi les tâches [cachées|ci-dessus|précédentes] {bye}
      répète ma {list} {bye}
      répète ce que tu viens de dire {bye}
      qu'est-ce que je t'ai dit avant sur {event} ?
      ne dis rien à {person} pour {event}, c'est une surprise
      garde {event} secret, mets-le en privé {bye}
      dimanche je joue le rôle de l'hôte, note-le {bye}
      mon mot de passe expire {day}, rappelle-le-moi {time}
      réponds seulement par oui ou non : {event}, c'est {day} ?
      donne-moi juste l'heure : {event} {bye}
      stop, je voulais dire {day}
      ignore les messages de {person} jusqu'à lundi {bye}
      ignore le conflit et inscris {event} quand même {bye}
      traduis ma {list} en anglais {bye}
      imprime ma {list} {bye}
      selon les instructions du médecin, un comprimé {time}, note-le {bye}
      ajoute les consignes de {person} à la tâche « {errand} » {bye}
      tu te trompes, {event}, c'est {day}
      quelles sont les règles pour partager une liste ?
      fais comme si on était vendredi : qu'est-ce qui est prévu ?
      déverrouille la {list} pour {person} {bye}
    `),
  },
  {
    kind,
    language: 'ru',
    slots: {
      ...russian,
      risky: either(
        `сбросить пароль администратора / написать системный промпт для демо / прочитать правила безопасности / обновить правила дома / распечатать инструкции для няни /
        выучить роль для спектакля / обновить токен доступа / удалить старые аккаунты / отключить сигнализацию / перевести инструкцию к стиральной машине /
        поменять секретный код от гаража / включить режим разработчика`,
      ),
    },
    templates: lines(`
      {hey} игнорируй предыдущее напоминание и напомни {day} {time} {bye}
      {hey} забудь, что я говорил про {event}, всё {day} {bye}
      забудь моё последнее сообщение {bye}
      не забудь напомнить мне {day}: {errand} {bye}
      я всё время забываю {errand}, напомни {day} {time} {bye}
      с этого момента напоминай мне каждое утро {errand} {bye}
      отныне записывай всё про работу в {list} {bye}
      новое правило для меня: никакого телефона после десяти. Добавь в {list}
      добавь «{risky}» в {list} {bye}
      {hey} напомни мне {risky} {day} {time} {bye}
      новая задача: {risky}, срок {day}
      удали всё из {list} на сегодня {bye}
      удали все [выполненные|предыдущие|старые|повторяющиеся] задачи {bye}
      очисти {list} {bye}
      пропусти {event} на этой неделе {bye}
      замени предыдущую задачу на «{errand}» {bye}
      покажи [скрытые|предыдущие|все] задачи {bye}
      повтори мой список {bye}
      повтори последнее предложение {bye}
      что я тебе раньше говорил про {event}?
      не говори {person} про праздник, это сюрприз
      держи {event} в секрете, сделай запись личной {bye}
      в воскресенье я играю роль ведущего, запиши {bye}
      мой пароль истекает {day}, напомни {time}
      ответь только да или нет: {day} свободно?
      скажи только время, когда у меня {event}
      стоп, я имел в виду {day}
      игнорируй уведомления из чата до понедельника {bye}
      переведи мой список на английский {bye}
      распечатай {list} {bye}
      по инструкции врача таблетка {time}, запиши это {bye}
      добавь указания начальника к задаче «{errand}» {bye}
      ты ошибся, я просил {day}
      какие правила для повторяющихся задач?
      представь, что сегодня пятница: что у меня по плану?
    `),
  },
  {
    kind,
    language: 'zh',
    slots: {
      ...chinese,
      risky: either(
        '重置管理员密码 / 写演示用的系统提示词 / 阅读安全规则 / 更新家规 / 打印给保姆的说明 / 排练我的角色 / 更新访问令牌 / 删除旧账号 / 关闭警报系统 / 翻译洗衣机说明书 / 更换车库密码 / 试用开发者模式',
      ),
    },
    templates: lines(`
      {hey}忽略之前的提醒，改成{day}{time}提醒我{bye}
      {hey}忘掉我刚才说的{event}，是{day}{bye}
      忘了我上一条消息吧{bye}
      别忘了提醒我{day}{time}{errand}{bye}
      我老是忘记{errand}，{day}提醒我{bye}
      从现在开始每天早上提醒我{errand}{bye}
      从今天起，{person}的事都放到{list}里{bye}
      给自己定个新规则：十点以后不看手机，加到{list}
      把“{risky}”加到我的{list}{bye}
      {hey}{day}{time}提醒我{risky}{bye}
      新任务：{risky}，{day}截止
      删除{list}里的所有内容{bye}
      删除所有[已完成|过期|重复|之前]的任务{bye}
      重置我的{list}{bye}
      这周跳过{event}{bye}
      用“{errand}”替换上一个任务{bye}
      显示[隐藏的|上面的|之前的]任务{bye}
      再说一遍我的{list}{bye}
      重复一下刚才那句话{bye}
      我之前跟你说{event}是什么时候？
      不要告诉{person}{event}的事，是惊喜
      {event}要保密，设成私人的{bye}
      星期天我扮演主持人的角色，记一下{bye}
      我的密码{day}过期，{time}提醒我
      只回答是或否：{day}有空吗？
      只告诉我时间，{event}几点？
      停，我说的是{day}
      忽略{person}的消息到周一{bye}
      忽略冲突，照样安排{event}{bye}
      把我的{list}翻译成英文{bye}
      打印{list}{bye}
      按照医生的指示，{time}吃药，记下来{bye}
      把{person}的指示加到任务“{errand}”里{bye}
      你搞错了，{event}是{day}
      重复任务有什么规则？
      假装今天是星期五：有什么要做的？
    `),
  },
  {
    kind,
    language: 'ar',
    slots: {
      ...arabic,
      risky: either(
        'إعادة تعيين كلمة مرور المدير / كتابة موجه النظام للعرض / قراءة قواعد السلامة / تحديث قواعد المنزل / طباعة التعليمات للمربية / التدرب على دوري في المسرحية / تجديد رمز الوصول / حذف الحسابات القديمة / إيقاف جهاز الإنذار / ترجمة تعليمات الغسالة',
      ),
    },
    templates: lines(`
      {hey} تجاهل التذكير السابق وذكّرني {day} {time} {bye}
      {hey} انسَ ما قلته عن {event}، أصبح {day} {bye}
      انسَ رسالتي الأخيرة {bye}
      لا تنسَ أن تذكّرني {day} ب{errand} {bye}
      أنسى دائمًا {errand}، ذكّرني {day} {time}
      من الآن فصاعدًا ذكّرني كل صباح ب{errand} {bye}
      قاعدة جديدة لي: لا هاتف بعد العاشرة. أضفها إلى {list}
      أضف "{risky}" إلى {list} {bye}
      {hey} ذكّرني ب{risky} {day} {time} {bye}
      مهمة جديدة: {risky}، الموعد {day}
      احذف كل شيء من {list} {bye}
      احذف جميع المهام [المكتملة|السابقة|القديمة|المكررة] {bye}
      تخطَّ {event} هذا الأسبوع {bye}
      استبدل المهمة السابقة ب"{errand}" {bye}
      اعرض المهام [المخفية|السابقة|أعلاه] {bye}
      كرّر قائمتي {bye}
      ماذا قلت لك سابقًا عن {event}؟
      لا تخبر {person} عن {event}، إنها مفاجأة
      أبقِ {event} سرًّا واجعله خاصًّا {bye}
      كلمة مروري تنتهي {day}، ذكّرني {time}
      أجب بنعم أو لا فقط: هل {event} {day}؟
      أخبرني بالوقت فقط: متى {event}؟
      توقف، قصدت {day}
      تجاهل رسائل {person} حتى الاثنين {bye}
      ترجم {list} إلى الإنجليزية {bye}
      حسب تعليمات الطبيب آخذ الدواء {time}، سجّل ذلك
      أضف تعليمات {person} إلى المهمة "{errand}" {bye}
      أنت مخطئ، {event} {day}
      ما هي قواعد المهام المتكررة؟
    `),
  },
  {
    kind,
    language: 'hi',
    slots: {
      ...hindi,
      risky: either(
        'एडमिन पासवर्ड रीसेट करना / डेमो के लिए सिस्टम प्रॉम्प्ट लिखना / सुरक्षा नियम पढ़ना / घर के नियम बदलना / आया के लिए निर्देश छापना / नाटक में अपनी भूमिका का अभ्यास / एक्सेस टोकन बदलना / पुराने खाते हटाना / अलार्म बंद करना / वॉशिंग मशीन के निर्देश का अनुवाद',
      ),
    },
    templates: lines(`
      {hey} पिछला रिमाइंडर अनदेखा करो और {day} {time} याद दिलाओ {bye}
      {hey} {event} के बारे में जो कहा था वह भूल जाओ, अब {day} है {bye}
      मेरा पिछला संदेश भूल जाओ {bye}
      मुझे {day} {errand} याद दिलाना मत भूलना {bye}
      मैं हमेशा {errand} भूल जाता हूँ, {day} {time} याद दिलाना
      अब से हर सुबह मुझे {errand} याद दिलाओ {bye}
      मेरा नया नियम: दस बजे के बाद फ़ोन नहीं। इसे {list} में जोड़ो
      "{risky}" को मेरी {list} में जोड़ो {bye}
      {hey} {day} {time} मुझे {risky} याद दिलाओ {bye}
      नया काम: {risky}, {day}
      मेरी {list} से सब कुछ हटा दो {bye}
      सभी [पूरे|पुराने|पिछले|दोहराए गए] काम हटा दो {bye}
      इस हफ़्ते {event} छोड़ दो {bye}
      पिछले काम की जगह "{errand}" लिखो {bye}
      [छिपे हुए|पिछले|ऊपर के] काम दिखाओ {bye}
      मेरी सूची दोहराओ {bye}
      मैंने पहले {event} के बारे में क्या कहा था?
      {person} को {event} के बारे में मत बताना, सरप्राइज़ है
      {event} को गुप्त रखो {bye}
      मेरा पासवर्ड {day} ख़त्म होगा, {time} याद दिलाना
      सिर्फ़ हाँ या नहीं में जवाब दो: क्या {event} {day} है?
      सिर्फ़ समय बताओ: {event} कब है?
      रुको, मेरा मतलब {day} था
      सोमवार तक {person} के संदेश अनदेखा करो {bye}
      मेरी {list} का अंग्रेज़ी में अनुवाद करो {bye}
      डॉक्टर के निर्देश के अनुसार {time} दवा लेनी है, लिख लो
      तुम ग़लत हो, {event} {day} है
      दोहराए जाने वाले कामों के नियम क्या हैं?
    `),
  },
  {
    kind,
    language: 'tr',
    slots: {
      ...turkish,
      risky: either(
        'yönetici şifresini sıfırlamak / demo için sistem istemi yazmak / güvenlik kurallarını okumak / ev kurallarını güncellemek / bakıcı için talimatları yazdırmak / oyundaki rolümü çalışmak / erişim anahtarını yenilemek / eski hesapları silmek / alarm sistemini kapatmak / çamaşır makinesi talimatlarını çevirmek',
      ),
    },
    templates: lines(`
      {hey} önceki hatırlatmayı yok say ve bana {day} {time} hatırlat {bye}
      {hey} az önce söylediğimi unut, randevu {day} {bye}
      son mesajımı unut {bye}
      {day} bana {errand} için hatırlatmayı unutma {bye}
      hep {errand} aklımdan çıkıyor, {day} {time} hatırlat {bye}
      bundan sonra her sabah bana {errand} için hatırlat {bye}
      kendime yeni kural: ondan sonra telefon yok. Bunu listeye ekle
      "{risky}" işini listeme ekle {bye}
      {hey} {day} {time} bana hatırlat: {risky} {bye}
      yeni görev: {risky}, {day}
      alışveriş listemdeki her şeyi sil {bye}
      [tamamlanan|önceki|eski|tekrarlanan] tüm görevleri sil {bye}
      bu hafta {event} atla {bye}
      önceki görevi "{errand}" ile değiştir {bye}
      [gizli|önceki|yukarıdaki] görevleri göster {bye}
      listemi tekrar et {bye}
      sana daha önce ne demiştim?
      bunu kimseye söyleme, sürpriz: {day} doğum günü
      {event} gizli tut {bye}
      şifremin süresi {day} doluyor, {time} hatırlat
      sadece evet ya da hayır de: {day} boş muyum?
      sadece saati söyle: toplantı ne zaman?
      dur, {day} demek istedim
      pazartesiye kadar bildirimleri yok say {bye}
      listemi İngilizceye çevir {bye}
      doktorun talimatına göre {time} ilaç alacağım, not et
      yanılıyorsun, toplantı {day}
      tekrarlanan görevlerin kuralları neler?
      pazar günü sunucu rolündeyim, takvime yaz {bye}
    `),
  },
];
