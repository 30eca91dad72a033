import type { Random } from '../../random.ts';
import { type Example, expand } from '../grammar.ts';
import { arabic, chinese, english, french, german, hindi, russian, spanish, turkish } from './commonSlots.ts';
import { either, lines } from './lines.ts';

const kind = 'documents';

/** A genre of document: an opening, some of its sentences in any order, an end. */
export interface DocumentGrammar {
  readonly language: string;
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly openings: readonly string[];
  readonly sentences: readonly string[];
  readonly endings: readonly string[];
  /** Between the parts, as in a template. */
  readonly between: string;
}

/** What English documents are filled with. */
export const documentSlots: DocumentGrammar['slots'] = {
  ...english,
  tab: ['\t'],
  bullet: either('- / * / • / –'),
  company: either(
    'Harbour & Sons / Lindwood Ltd / Nordlicht GmbH / Blue Fern Studio / Atlas Freight / Mayfield Dental / Quill Software / Sunset Cabins / Oakridge School / City Library / Tern Energy / Maple Bakery',
  ),
  city: either(
    'Leipzig / Bristol / Valencia / Tampere / Boston / Izmir / Pune / Lyon / Nairobi / Osaka / Porto Alegre / Gdynia',
  ),
  product: either(
    'kettle / headset / backpack / desk lamp / router / air fryer / rain jacket / mattress / e-bike / vacuum cleaner / phone case / keyboard',
  ),
  amount: either('49.90 EUR / $120.00 / £15.50 / 1,250 USD / 89 EUR / $7.25 / 310.00 CHF / 24,99 €'),
  month: either(
    'January / February / March / April / May / June / July / August / September / October / November / December',
  ),
  topic: either(
    'the budget / the new website / the summer party / hiring / the move to the new office / the roadmap / customer feedback / the security audit / the training plan / parking / the warehouse / the release',
  ),
};

const emails: DocumentGrammar = {
  language: 'en',
  slots: documentSlots,
  openings: lines(`
    Hi {person},
    Dear {person},
    Hello everyone,
    Dear all,
    Dear parents,
    Dear customer,
    Subject: {topic}{nl}{nl}Hi {person},
    From: {person}{nl}To: {person}{nl}Subject: {event} {day}{nl}{nl}Hello {person},
    Hey {person}, hope you are well.
    Good morning team,
  `),
  sentences: lines(`
    Thank you for your message about {topic}.
    Please disregard my previous e-mail, the date was wrong.
    The {event} will take place {when} in {city}.
    Do not forget to bring a valid ID and the signed form.
    Please reply to all so that everybody knows.
    Please reply with "yes" if you can come.
    Please ignore the reminder if you have already paid.
    You are receiving this message because you registered at {company}.
    Click the link below to confirm your address or to unsubscribe.
    Follow the instructions in the attached PDF to set up your account.
    Your new password must have at least {n} characters and must not be one of your previous passwords.
    We will never ask you for your password or PIN.
    If you did not request a password reset, you can safely ignore this e-mail.
    I have attached the minutes, the agenda and the list of open tasks.
    {person} will act as chair while {person} is on leave.
    From {day} on, the side entrance is closed; please use the main gate.
    As discussed, the old price list is void and the new one applies from 1 {month}.
    Could you send me the report by {time}?
    Let me know whether {day} suits you, otherwise we find another time.
    Please print the form, sign it and send it back to us.
    Remember to {errand} before you leave.
    Please do not tell {person} yet, it is meant to be a surprise.
    The system will be down for maintenance on {day} from {time}.
    You must submit your hours before {time}, otherwise they count next month.
    Forward this message to anybody who might be interested.
    The confidential part of the file is for {person} only.
    I will be out of office until {day}; in urgent cases call {person}.
    Your order has been shipped and arrives {day}.
    We are happy to offer you the role of assistant manager.
    Your access token for the test system expires in {n} days, renew it in the settings.
    Attached is the translation of the instructions that you asked for.
    We have updated our terms; the previous version remains available on our site.
    Please delete the old file and use only the new template.
    No action is needed on your side.
    Also, can somebody {errand}? I forgot last time.
  `),
  endings: lines(`
    Best regards,{nl}{person}
    Kind regards, {person}
    Thanks a lot!{nl}{person}
    See you {day}.{nl}{person}{nl}{company}, {city}
    Cheers{nl}{person}
    Yours sincerely,{nl}{person}{nl}{nl}This e-mail is confidential. If you are not the intended recipient, please delete it and tell the sender.
    --{nl}{company}{nl}Unsubscribe | Privacy | Imprint
  `).map((line) => line.replaceAll(' | ', ' {bar} ')),
  between: '[ |{nl}|{nl}{nl}| ]',
};

const minutes: DocumentGrammar = {
  language: 'en',
  slots: documentSlots,
  openings: lines(`
    Minutes of the {event}, {day}{nl}Present: {person}, {person}, {person}
    # Meeting notes {topic}{nl}{nl}Chair: {person}, notes: {person}
    AGENDA AND MINUTES{nl}{company}, {city}
    Transcript of the call on {day}
    Notes ({person}):
  `),
  sentences: lines(`
    {bullet} {person} reports on {topic}; no objections.
    {bullet} The previous minutes are approved without changes.
    {bullet} Decision: ignore the offer of {company}, it came too late.
    {bullet} Action: {person} to {errand} by {day}.
    {bullet} Action: {person} writes the new guidelines for {topic}.
    {bullet} The rule "no meetings before nine" is to be followed from now on.
    {bullet} {person} takes the role of moderator next time.
    {bullet} {person} asks everybody to forget the old template and to use the new one.
    {bullet} Open question: who has the admin password of the old system?
    {bullet} We skip item {n}, {person} is ill.
    {bullet} {person} repeats the instructions for the fire drill.
    {person}: What about {topic}?
    {person}: Let's postpone that to {day}.
    {person}: Can you repeat that, please? The line was bad.
    {person}: Sorry, ignore what I just said, I was looking at the wrong sheet.
    {person}: Then act as if the budget were final and plan with {amount}.
    {person}: I will send the instructions after the meeting.
    {person}: Please don't share that outside the team.
    {person}: Who can override the system when the sensor fails?
    {bullet} {topic}: {n} votes for, {n} against.
    {bullet} The customer wants us to remove all restrictions on downloads; legal will check.
    {bullet} Next meeting: {when}.
    {bullet} {person} demonstrates how the assistant answers questions about {topic}.
  `),
  endings: lines(`
    Next meeting {when}.
    End of the meeting {time}.
    Minutes: {person}
    (end of transcript)
  `),
  between: '{nl}',
};

const papers: DocumentGrammar = {
  language: 'en',
  slots: documentSlots,
  openings: lines(`
    INVOICE no. {n}{n}-{n}{nl}{company}, {city}{nl}Bill to: {person}
    Receipt {n}/{n} {nl}{company}
    Order confirmation{nl}Customer: {person}
    date,person,task,status
    {bar} Day {bar} Time {bar} What {bar}{nl}{bar} --- {bar} --- {bar} --- {bar}
    Timetable {month}{nl}
    Quote for {person}, valid until {day}
    {person}'s weekly plan
  `),
  sentences: lines(`
    {n} x {product}{tab}{amount}
    Service fee{tab}{amount}
    Discount for members{tab}- {amount}
    {bar} {day} {bar} {time} {bar} {event} {bar}
    {bar} {day} {bar} {time} {bar} {errand} {bar}
    {day},{person},{errand},open
    {day},{person},{errand},done
    {day},{person},reset password of the old account,open
    {day},{person},review system rules,ignored
    {day}: {event} at {time}
    {day}: {errand}; {errand}
    Note: previous invoice {n}{n} is cancelled and replaced by this one.
    Please pay within {n} days and give the invoice number.
    Total{tab}{amount}
    VAT {n} %{tab}{amount}
    Delivery: {city}, {day}
    Instructions for the driver: ring twice, leave the parcel with {person}.
    Terms: payment by bank transfer only; no cash.
  `),
  endings: lines(`
    Thank you for your order.
    Please do not reply to this automatic message.
    Total: {amount}
    Page {n} of {n}
    Signed: {person}
  `),
  between: '{nl}',
};

const reviews: DocumentGrammar = {
  language: 'en',
  slots: documentSlots,
  openings: lines(`
    I bought this {product} {n} weeks ago.
    {n} out of 10 for this {product}.
    Review by {person}: {product}
    Honest review after {n} months of use.
    We stayed at {company} in {city} for {n} nights.
    Do not buy this {product}!
    Best {product} I ever had.
  `),
  sentences: lines(`
    The instructions are hard to follow, so I ignored them and it still works.
    Ignore the bad reviews, most of them are about the old version.
    You should read the manual first and forget the quick guide.
    The support told me to reset the system, which helped.
    There is a hidden compartment that nobody tells you about.
    The staff ignored us for {n} minutes.
    The app asks for far too many permissions and wants a password each time.
    It took me {n} minutes to override the factory settings.
    Please, {company}, print the rules for returns on the box.
    The secret is to let it run dry before you charge it.
    The colour is as shown above.
    My previous {product} broke after a year.
    I would always recommend it to friends and colleagues.
    The room was clean, the breakfast simple and the view of {city} wonderful.
    The price of {amount} is fair.
    Do not follow the route in the flyer, the bridge is closed.
    It pretends to be leather but it is plastic.
    The delivery came on {day} as promised.
    You must try the soup, and ask for the table by the window.
    The developer mode in the app shows the real temperature.
  `),
  endings: lines(`
    Five stars!
    Would buy again.
    I sent it back.
    Two stars, one for the packaging.
    Was this review helpful? Yes (12) No (3)
    Overall a good {product} for {amount}.
  `),
  between: ' ',
};

const technical: DocumentGrammar = {
  language: 'en',
  slots: {
    ...documentSlots,
    name: either(
      'calmboard / taskling / fernlog / postbox / quietcal / tidy-lists / mooring / sparrow / inkwell / bramble',
    ),
    verb: either('load / save / reset / ignore / override / print / parse / reveal / skip / list / repeat / unlock'),
    noun: either(
      'rule / role / token / prompt / reminder / system / list / secret / message / user / calendar / filter',
    ),
  },
  openings: lines(`
    # {name}{nl}{nl}A small tool that keeps your {noun}s in order.
    /** The {noun} of {name}. */
    import {lc} {verb} {rc} from './{noun}.js';
    # {name} changelog
    ## How to install {name}
    #!/bin/sh{nl}# {name}: {verb} every {noun}
    # config of {name}
    {name} API, version {n}
    <h1>{name}</h1>{nl}<p>Welcome to the docs.</p>
    from {name} import {verb}_{noun}
  `),
  // Files hold notes to oneself: the TODO is part of the text.
  sentences: lines(`
    Run \`{name} {verb} --{noun}\` to {verb} the {noun}.
    Set the variable {name}_TOKEN to your own token before you start the server.
    The option \`ignore\` takes a list of patterns; previous patterns are replaced.
    A user with the role admin may override every rule.
    If you forget the password, reset it with \`{name} reset\`.
    Hidden {noun}s are not printed unless you pass --all.
    Do not commit secrets to the repository.
    You must install version {n} or later.
    function {verb}{noun}(previous, next) {lc} return next ?? previous; {rc}
    const {noun} = {verb}(input, {lc} hidden: false, role: 'editor' {rc});
    if (!{noun}.allowed) throw new Error('not allowed to {verb} this {noun}');
    // Ignore the first {n} {noun}s, they come from the old system.
    // The previous implementation forgot to {verb} the {noun}.
    # TODO list of the project: {verb} {noun}, write docs
    def {verb}_{noun}(user, system=None):{nl}{tab}return system or user.{noun}
    for {noun} in {noun}s:{nl}{tab}print({noun})
    "{noun}": {lc} "{verb}": true, "limit": {n} {rc},
    {noun}_limit = {n}
    {verb}_on_start = true
    GET /v1/{noun}s/:id answers 404 when the {noun} is not yours.
    POST /v1/{noun}s with {lc} "title": "{errand}" {rc} creates a {noun}.
    The system message tells the model to answer in the language of the user.
    Requests hold messages with the roles system, user and assistant.
    Pull requests are welcome; please follow the code of conduct and the style rules.
    - fix: {verb} did not {verb} the {noun} on Windows
    - feat: {verb} several {noun}s at once
    - breaking: {verb} no longer accepts a {noun} without a role
    assert {verb}_{noun}("a") != {verb}_{noun}("b")
    logger.info('%s: {verb} {noun}', user)
    2026-0{n} INFO {name} {verb} {noun} in {n} ms
    Licence: MIT.
    See the wiki for instructions on how to {verb} a {noun}.
  `),
  endings: lines(`
    Have fun with {name}!
    export default {verb};
    if __name__ == "__main__":{nl}{tab}main()
    {rc}
    For questions write to {person}.
    # end of file
    Copyright {person}
  `),
  between: '{nl}',
};

const articles: DocumentGrammar = {
  language: 'en',
  slots: {
    ...documentSlots,
    subject: either(
      'the old bridge / the river Lenn / the copper mine / the comet / the tram line {n} / the botanical garden / the lace maker / the observatory / the festival / the grain market / the island of Norr / the paper mill / the royal archive',
    ),
    year: either('1712 / 1848 / 1901 / 1936 / 1957 / 1974 / 1989 / 2003 / 2015'),
  },
  openings: lines(`
    {city}, {month} {n}. The council has decided on the future of {subject}.
    For more than a century people of {city} have told stories about {subject}.
    {subject} is one of the best-known sights of {city}.
    Scientists in {city} report new findings about {subject}.
    How {subject} changed {city}
    From our correspondent: what remains of {subject}?
  `),
  sentences: lines(`
    It was first mentioned in {year} and rebuilt in {year}.
    The mayor ignored several warnings before the wall came down.
    According to {person}, previous plans were simply forgotten.
    The rules for visitors are strict: no flash, no food, no shouting.
    Under the new system, tickets have to be booked {n} days ahead.
    A hidden room behind the altar was opened in {year}.
    The king gave orders that nobody was to reveal the secret of the dye.
    Critics say that the law overrides the rights of tenants.
    The court overruled the previous decision in {month}.
    "We were told to leave everything behind," says {person}.
    "You are now standing where the gate once was," the guide explains.
    Engineers bypassed the broken valve and had the water running by {time}.
    The population fell by {n} percent between {year} and {year}.
    In the second act, the servant pretends to be the duke and issues new commands.
    The instructions for the clock were written in Latin and translated in {year}.
    Rebels attacked the fort, but the commander refused to obey the order to fire.
    An assistant of the professor kept a secret diary until {year}.
    Hackers had tried to get into the system in {month}, the ministry said.
    The role of women in the strike was long disregarded.
    Researchers taught a language model to ignore noise in old recordings.
    The museum asks guests to follow the signs and not to touch the exhibits.
    Heavy rain is expected on {day}; residents should avoid the lower town.
    The team lost its previous {n} matches but played without fear.
    Prices rose to {amount} on average.
    The author plays with the reader: nothing that the narrator says may be believed.
    Its shell protects the animal when predators attack.
  `),
  endings: lines(`
    The work is to be finished in {month}.
    {person} is not so sure.
    Admission is free on Sundays.
    The next vote takes place {day}.
    More on page {n}.
    What remains is the name.
  `),
  between: '[ | |{nl}{nl}]',
};

const notices: DocumentGrammar = {
  language: 'en',
  slots: documentSlots,
  openings: lines(`
    HOUSE RULES
    Terms of use of {company}
    Instructions for use: {product}
    Notice to all tenants
    Job offer: assistant (m/f/d) at {company}, {city}
    Recipe for {n} people
    Code of conduct of {company}
    Welcome to {company}! What you need to know
    How to play
    Privacy policy of {company}
    Safety instructions for visitors
    Frequently asked questions
  `),
  sentences: lines(`
    Read all instructions before you use the {product}.
    Do not ignore the warning lights.
    Follow the instructions of the staff at all times.
    These rules replace all previous rules.
    You must not share your password with anybody.
    The administrator may delete accounts that break the rules.
    Keep the door locked and the key hidden from children.
    Never override the safety switch.
    In an emergency, disregard the lift and use the stairs.
    To reset the device, hold the button for {n} seconds.
    Press the secret button combination only if the service tells you to.
    You are responsible for your guests.
    Heat the oil, add the onions and stir for {n} minutes.
    Forget about the sauce for an hour; it gets better by itself.
    Repeat the step above until the dough is smooth.
    Your role: you answer questions of customers by phone and e-mail.
    You will act as a link between sales and development.
    You have experience with ticket systems and clear language.
    Each player draws {n} cards; the youngest begins.
    A player who forgets to say the word must skip a turn.
    The hidden card is revealed at the end of the round.
    We process your data only for the purpose of the contract.
    You can object at any time; write to us or use the form.
    Only authorised persons may enter the restricted area.
    Q: Can I cancel? A: Yes, until {n} days before.
    Q: What if I forget my password? A: Use the link below the form.
    Visitors must sign in and wear the badge visibly.
    Smoking is not allowed, and neither is loud music after {time}.
    Waste is collected on {day}.
    All disputes are decided by the courts of {city}.
    Please report anything unusual to {person}.
  `),
  endings: lines(`
    Thank you for following the rules.
    Last change: {day}
    The management
    Enjoy!
    Keep these instructions for later use.
    Apply until {day}: {person}, {company}
  `),
  between: '[{nl}|{nl}| |{nl}{n}. ]',
};

/** Mails and notices in the other languages. */
const others: readonly DocumentGrammar[] = [
  {
    language: 'de',
    slots: german,
    openings: lines(`
      Hallo {person},
      Liebe Kolleginnen und Kollegen,
      Sehr geehrte Damen und Herren,
      Liebe Eltern,
      Hausordnung
      Protokoll der Sitzung {day}
    `),
    sentences: lines(`
      bitte betrachten Sie meine letzte E-Mail als gegenstandslos.
      Der {event} findet {day} {time} statt.
      Vergessen Sie nicht, das Formular zu unterschreiben.
      Bitte befolgen Sie die Anweisungen im Anhang.
      Die bisherigen Regeln gelten ab {from} nicht mehr.
      Antworten Sie bitte an alle.
      Falls Sie schon bezahlt haben, ignorieren Sie bitte diese Erinnerung.
      Geben Sie Ihr Passwort niemals weiter.
      Das System ist {day} wegen Wartung nicht erreichbar.
      {person} übernimmt die Rolle der Schriftführerin.
      Bitte drucken Sie die Anleitung aus und bringen Sie sie mit.
      Klicken Sie auf den Link, um sich abzumelden.
      Wer den Termin vergisst, muss {n} Euro zahlen.
      Die Tür ist immer abzuschließen, der Schlüssel liegt bei {person}.
      Bitte verraten Sie {person} noch nichts, es soll eine Überraschung sein.
      Rauchen ist nicht gestattet, laute Musik ab 22 Uhr auch nicht.
      Der Antrag wurde mit {n} Stimmen angenommen.
      Im zweiten Akt gibt sich der Diener als Graf aus.
      Das Museum wurde 1912 gegründet und 1957 neu gebaut.
      Der Bürgermeister ignorierte mehrere Warnungen.
    `),
    endings: lines(`
      Viele Grüße{nl}{person}
      Mit freundlichen Grüßen, {person}
      Die Hausverwaltung
      Ende der Sitzung: {time}
    `),
    between: '[ |{nl}]',
  },
  {
    language: 'es',
    slots: spanish,
    openings: lines(`
      Hola {person}:
      Estimados clientes:
      Queridos padres:
      Normas de la casa
      Acta de la reunión
    `),
    sentences: lines(`
      Por favor, ignore mi correo anterior, la fecha era incorrecta.
      No olviden traer el formulario firmado.
      Sigan las instrucciones del documento adjunto.
      Las reglas anteriores ya no se aplican.
      Responda a todos, por favor.
      Si ya ha pagado, no tenga en cuenta este aviso.
      No comparta nunca su contraseña.
      El sistema no estará disponible {day}.
      {person} hará el papel de moderador.
      Haga clic en el enlace para darse de baja.
      No digan nada a {person}, es una sorpresa.
      Está prohibido fumar y poner música después de las diez.
      El museo se fundó en 1912 y se reconstruyó en 1957.
      El alcalde ignoró varias advertencias.
      Caliente el aceite y repita el paso anterior.
      La reunión empieza {time}.
    `),
    endings: lines(`
      Un saludo, {person}
      Gracias{nl}{person}
      La administración
      Fin de la reunión.
    `),
    between: '[ |{nl}]',
  },
  {
    language: 'fr',
    slots: french,
    openings: lines(`
      Bonjour {person},
      Chers parents,
      Madame, Monsieur,
      Règlement intérieur
      Compte rendu de la réunion
    `),
    sentences: lines(`
      Merci de ne pas tenir compte de mon mail précédent, la date était fausse.
      N'oubliez pas d'apporter le formulaire signé.
      Suivez les instructions du document joint.
      Les anciennes règles ne s'appliquent plus.
      Merci de répondre à tous.
      Si vous avez déjà payé, ignorez ce rappel.
      Ne communiquez jamais votre mot de passe.
      Le système sera indisponible {day}.
      {person} jouera le rôle d'animateur.
      Cliquez sur le lien pour vous désinscrire.
      Ne dites rien à {person}, c'est une surprise.
      Il est interdit de fumer et de faire du bruit après 22 h.
      Le musée a été fondé en 1912 et reconstruit en 1957.
      Le maire a ignoré plusieurs avertissements.
      Faites chauffer l'huile et répétez l'étape précédente.
      La réunion commence {time}.
    `),
    endings: lines(`
      Cordialement, {person}
      Merci{nl}{person}
      La direction
      Fin de la réunion.
    `),
    between: '[ |{nl}]',
  },
  {
    language: 'ru',
    slots: russian,
    openings: lines(`
      Добрый день!
      Уважаемые жильцы!
      Дорогие родители!
      Правила дома
      Протокол собрания
    `),
    sentences: lines(`
      Прошу не учитывать моё предыдущее письмо, дата была неверной.
      Не забудьте принести подписанный бланк.
      Следуйте инструкциям в приложении.
      Прежние правила больше не действуют.
      Если вы уже оплатили счёт, не обращайте внимания на это напоминание.
      Никому не сообщайте свой пароль.
      Система будет недоступна {day}.
      Роль ведущего возьмёт на себя Марина.
      Нажмите на ссылку, чтобы отписаться.
      Не говорите пока {person}, это сюрприз.
      Курить и шуметь после 22 часов запрещено.
      Музей основан в 1912 году и перестроен в 1957 году.
      Мэр проигнорировал несколько предупреждений.
      Разогрейте масло и повторите предыдущий шаг.
      Собрание начнётся {time}.
    `),
    endings: lines(`
      С уважением, Иван
      Спасибо!
      Администрация
      Конец собрания.
    `),
    between: '[ |{nl}]',
  },
  {
    language: 'zh',
    slots: chinese,
    openings: lines(`
      {person}，你好：
      各位家长：
      各位住户：
      住户守则
      会议记录
    `),
    sentences: lines(`
      请忽略我之前的邮件，日期写错了。
      请不要忘记带上签好的表格。
      请按照附件中的说明操作。
      以前的规定不再适用。
      如果您已付款，请忽略此提醒。
      请勿将密码告诉任何人。
      系统{day}维护，暂停使用。
      小美担任主持人的角色。
      点击链接可以退订。
      先别告诉{person}，这是惊喜。
      晚上十点以后禁止喧哗。
      博物馆建于1912年，1957年重建。
      市长忽视了多次警告。
      把油烧热，重复上一步。
      会议{time}开始。
    `),
    endings: lines(`
      祝好
      谢谢大家
      物业管理处
      会议结束。
    `),
    between: '[|{nl}]',
  },
  {
    language: 'ar',
    slots: arabic,
    openings: lines(`
      مرحبًا {person}،
      أولياء الأمور الكرام،
      قواعد المبنى
      محضر الاجتماع
    `),
    sentences: lines(`
      يرجى تجاهل رسالتي السابقة، كان التاريخ خاطئًا.
      لا تنسوا إحضار الاستمارة الموقعة.
      اتبعوا التعليمات الموجودة في الملف المرفق.
      القواعد السابقة لم تعد سارية.
      إذا كنت قد دفعت فتجاهل هذا التذكير.
      لا تشارك كلمة المرور مع أحد.
      لن يكون النظام متاحًا {day}.
      ستقوم سارة بدور مديرة الجلسة.
      اضغط على الرابط لإلغاء الاشتراك.
      لا تخبروا {person}، إنها مفاجأة.
      يمنع التدخين والضوضاء بعد العاشرة مساءً.
      تأسس المتحف عام 1912 وأعيد بناؤه عام 1957.
      تجاهل العمدة عدة تحذيرات.
      يبدأ الاجتماع {time}.
    `),
    endings: lines(`
      مع التحية
      شكرًا لكم
      الإدارة
    `),
    between: '[ |{nl}]',
  },
  {
    language: 'hi',
    slots: hindi,
    openings: lines(`
      नमस्ते {person},
      प्रिय अभिभावक,
      भवन के नियम
      बैठक का विवरण
    `),
    sentences: lines(`
      कृपया मेरे पिछले ईमेल पर ध्यान न दें, तारीख़ ग़लत थी।
      हस्ताक्षर किया हुआ फ़ॉर्म लाना न भूलें।
      संलग्न फ़ाइल के निर्देशों का पालन करें।
      पुराने नियम अब लागू नहीं हैं।
      अगर आप भुगतान कर चुके हैं तो इस सूचना को अनदेखा करें।
      अपना पासवर्ड किसी को न बताएँ।
      सिस्टम {day} बंद रहेगा।
      सीमा संचालक की भूमिका निभाएगी।
      सदस्यता हटाने के लिए लिंक पर क्लिक करें।
      {person} को अभी मत बताना, यह सरप्राइज़ है।
      रात दस बजे के बाद शोर मना है।
      संग्रहालय 1912 में बना और 1957 में फिर से बनाया गया।
      मेयर ने कई चेतावनियों को अनदेखा किया।
      बैठक {time} शुरू होगी।
    `),
    endings: lines(`
      सादर
      धन्यवाद
      प्रबंधन
    `),
    between: '[ |{nl}]',
  },
  {
    language: 'tr',
    slots: turkish,
    openings: lines(`
      Merhaba,
      Sayın veliler,
      Apartman kuralları
      Toplantı tutanağı
    `),
    sentences: lines(`
      Lütfen önceki e-postamı dikkate almayın, tarih yanlıştı.
      İmzalı formu getirmeyi unutmayın.
      Ekteki talimatları izleyin.
      Eski kurallar artık geçerli değil.
      Ödeme yaptıysanız bu hatırlatmayı dikkate almayın.
      Şifrenizi kimseyle paylaşmayın.
      Sistem {day} bakımda olacak.
      Zeynep sunucu rolünü üstlenecek.
      Abonelikten çıkmak için bağlantıya tıklayın.
      Bunu kimseye söylemeyin, sürpriz olacak.
      Gece ondan sonra gürültü yapmak yasaktır.
      Müze 1912'de kuruldu ve 1957'de yeniden yapıldı.
      Belediye başkanı birçok uyarıyı görmezden geldi.
      Yağı kızdırın ve önceki adımı tekrarlayın.
      Toplantı {time} başlıyor.
    `),
    endings: lines(`
      Saygılarımla
      Teşekkürler
      Yönetim
    `),
    between: '[ |{nl}]',
  },
];

const englishGenres = [emails, minutes, papers, reviews, technical, articles, notices];

/** What people ask for with a text pasted into the message. */
const tasks: Readonly<Record<string, readonly string[]>> = {
  en: lines(`
    Summarise the following text in {n} sentences:
    Please summarise this for me:
    Translate this into German:
    Translate the text below to French, keep the names:
    Correct the spelling in the following text, change nothing else:
    Proofread this, please.
    Make a to-do list from this:
    Which tasks for me are in this mail?
    What is the deadline in the text below?
    Who is mentioned in the following?
    Rewrite this in a friendlier tone:
    Turn the notes below into bullet points:
    Write a short reply to this:
    Is this spam?
    Explain what the following code does:
    Add the dates in here to my calendar:
    What does the writer want from me?
    Find the mistakes:
    Here is the text I told you about.
    Read this and tell me what matters
  `),
  de: lines(`
    Fasse den folgenden Text zusammen:
    Übersetze das bitte ins Englische:
    Korrigiere die Rechtschreibung:
    Welche Aufgaben stehen in dieser Mail?
    Schreibe eine kurze Antwort darauf:
  `),
  es: lines(`
    Resume el siguiente texto:
    Traduce esto al inglés, por favor:
    ¿Qué tareas hay en este correo?
  `),
  fr: lines(`
    Résume le texte suivant :
    Traduis ceci en anglais :
    Quelles tâches y a-t-il dans ce mail ?
  `),
  ru: lines(`
    Перескажи следующий текст:
    Переведи это на английский:
    Какие задачи в этом письме?
  `),
  zh: lines(`
    总结下面的文字：
    把这个翻译成英文：
    这封邮件里有哪些任务？
  `),
  ar: lines(`
    لخّص النص التالي:
    ترجم هذا إلى الإنجليزية:
  `),
  hi: lines(`
    इस पाठ का सार लिखो:
    इसका अंग्रेज़ी में अनुवाद करो:
  `),
  tr: lines(`
    Aşağıdaki metni özetle:
    Bunu İngilizceye çevir:
  `),
};

/** Documents of each English genre and of each other language. */
const perEnglishGenre = 360;
const perOtherLanguage = 110;
/** Share of documents that come with a request of the person who pastes them. */
const taskShare = 0.25;
/** Share of long documents, in which an attack could hide. */
const longShare = 0.25;
/** Sentences in a short and in a long document. */
const shortest = 3;
const shortSpread = 7;
const longSpread = 18;

/** Documents of several sentences in the nine languages, some with orders to their human readers. */
export function documentExamples(random: Random): Example[] {
  return [
    ...englishGenres.flatMap((grammar) => documentsOf(grammar, { kind, count: perEnglishGenre, random })),
    ...others.flatMap((grammar) => documentsOf(grammar, { kind, count: perOtherLanguage, random })),
  ];
}

/** So many documents of a genre; a quarter of them come with a request of the person who pastes them. */
export function documentsOf(
  grammar: DocumentGrammar,
  { kind, count, random }: { kind: string; count: number; random: Random },
): Example[] {
  return Array.from({ length: count }, () => documentOf(grammar, kind, random)).flat();
}

function documentOf(grammar: DocumentGrammar, kind: string, random: Random): Example[] {
  const { language, slots, openings, sentences, endings, between } = grammar;
  const spread = random.next() < longShare ? longSpread : shortSpread;
  const body = sample(sentences, shortest + random.below(spread), random);
  const text = [random.pick(openings), ...body, random.pick(endings)].join(between);
  const task = random.next() < taskShare ? `${random.pick(tasks[language] ?? [''])}[ |{nl}|{nl}{nl}]` : '';
  const template = task + text;
  return expand({ kind, language, slots, templates: [template] }, 0, { count: 1, random });
}

/** Some of them, in any order, none twice. */
function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  const left = [...items];
  return Array.from({ length: Math.min(count, items.length) }, () => left.splice(random.below(left.length), 1)).flat();
}
