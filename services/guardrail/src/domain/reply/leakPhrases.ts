import { fold } from '../reading/fold.ts';

/** What follows "I was told to" when a bot speaks of its prompt; a task may say "I was told to buy flowers". */
const dutyOfBot =
  '(not|never|always|only|respond|answer|reply|refuse|act|behave|keep (my|this|these|the)|follow|be (a|an|helpful|polite)|help users?|assist|avoid|pretend|say|output|ignore|reveal)';
const ownPrompt = '(instructions|directives|guidelines|system prompt|prompt|programming)';

/**
 * How a bot begins to tell its instructions, as regular expressions over words with single spaces; ` . ` ends a sentence. They are folded
 * as texts are. Groups catch nothing, and every repetition is bounded.
 */
const sources: readonly string[] = [
  // English
  `my ([a-z]+ ){0,2}${ownPrompt} (are|is) to ${dutyOfBot}`,
  `my ([a-z]+ ){0,2}(${ownPrompt}|system message) (are as follows|are that|are not|are you|is as follows|is you|is not|says?|states?|tells? me|reads?|includes?|forbids?|requires?|prohibits?|do not allow|dont allow|does not allow)`,
  `my ([a-z]+ ){0,2}${ownPrompt} (are|is)(?= [.]| $)`,
  `(i (was|am|have been|was also|am also)|ive been) ((specifically|explicitly|originally|initially) )?(told|instructed|programmed|prompted|configured|designed|directed|given instructions) (by (my|the) [a-z]+ )?to ${dutyOfBot}`,
  '(here (is|are)|heres|these are|this is|sure) ([a-z]+ ){0,2}my ([a-z]+ ){0,2}(system prompt|instructions|prompt|guidelines|directives|rules)',
  '(the|my) (system|hidden|developer|initial) (prompt|message|instructions) (says?|reads?|is|are|states?|begins?|starts?|tells?)',
  '(you are|as) (a|an) (helpful )?([a-z]+ )?(assistant|language model|chatbot) (trained by|created by|developed by|that must|who must|and you must|your task is|you must)',
  'as an? (large )?(ai )?language model',
  // German
  'mein(e|en|er)? ([a-z]+ )?(anweisungen|instruktionen|vorgaben|richtlinien|systemanweisungen|systemprompt|system prompt) (sind|ist|lauten|lautet|besagen|besagt|sagen|sagt|verbieten|verbietet|verlangen|erlauben)',
  '(mir wurde (gesagt|aufgetragen|vorgegeben|befohlen|verboten)|ich wurde (angewiesen|instruiert|programmiert|konfiguriert)) (dass|niemals|nie|nicht|immer|nur|zu|keine|so|als)',
  '(hier (ist|sind)|das (ist|sind)) mein(e)? (system ?prompt|anweisungen|instruktionen|systemanweisungen|vorgaben)',
  // Spanish
  '(mis (instrucciones|directrices|reglas|indicaciones)|mi (prompt|mensaje) (del? sistema)?) ?(son|es|dicen|dice|indican|me prohiben|me impiden|me dicen|incluyen)',
  '(me (dijeron|ordenaron|indicaron|instruyeron|han dicho|han ordenado|han indicado)|fui (programado|instruido|configurado|disenado)) (que|para) (no|nunca|siempre|solo|responder|actuar|ayudar|ser|rechazar|no)',
  '(estas|aqui|estos) (son|estan|tienes|van) mis (instrucciones|directrices|reglas)',
  // French
  '(mes (instructions|consignes|directives|regles)|mon (prompt|message) (systeme )?)( sont| est| disent| dit| indiquent| stipulent| minterdisent| m interdisent| precisent|est|dit)',
  '(on ma (dit|demande|ordonne|interdit)|jai ete (programme|instruit|configure|concu)|jai recu (l instruction|linstruction|la consigne)) (de|pour) (ne|toujours|jamais|repondre|refuser|aider|dire|garder|agir)',
  '(voici|voila) (mes (instructions|consignes|directives|regles)|mon prompt)',
  // Russian
  'мои (инструкции|указания|правила|директивы) (гласят|таковы|следующие|запрещают|требуют|говорят)',
  'мне (было )?(сказано|велено|приказано|предписано|поручено) (не|никогда|всегда|отвечать|только|быть|отказываться)',
  '(вот|это) (мои (инструкции|указания|правила)|мой системный (промпт|запрос))',
  'мой системный (промпт|запрос)',
  // Chinese, character by character
  '我的 (系统)? ?(指令|指示|提示词|系统提示|系统提示词|规则|设定) (是|如下|要求|规定|禁止|包括)',
  '我被 (告知|指示|要求|设定|编程) (为|成)? ?(不|要|只|必须|始终|永远)',
  '(以下|这些?) ?是我的 (系统)? ?(提示|提示词|指令|指示|规则)',
  // Arabic
  '(تعليماتي|إرشاداتي|توجيهاتي) (هي|تقول|تنص|تمنعني|كالتالي|كما|تتطلب)',
  '(قيل لي|طلب مني|أمرت|تمت برمجتي|تم توجيهي) (أن|بأن|ألا|بعدم|دائما|أبدا)',
  '(هذه|إليك) (هي )?(تعليماتي|تعليمات النظام)',
  // Hindi
  'मेरे (सिस्टम )?(निर्देश|नियम) (हैं|है|कहते|ये|यह|इस|मुझे)',
  'मुझे (कहा|बताया|निर्देश|आदेश) (दिया )?गया (है|था) कि',
  '(यह|ये|यहाँ) (रहे |हैं |है )?(मेरे निर्देश|मेरा सिस्टम प्रॉम्प्ट)',
  // Turkish
  '(talimatlarım|sistem (komutum|promptum|istemim)) (şunlar|şöyle|şu|der|diyor|gerektiriyor|yasaklıyor|şunlardır|şudur)',
  'bana (asla|her zaman|sadece|yalnızca|hiçbir zaman) ([^ .]+ ){1,6}(söylendi|emredildi|talimatı verildi)',
  '(işte|bunlar) (benim )?(talimatlarım|sistem (komutum|promptum|istemim))',
];

/** Over words with single spaces, one before the first and one behind the last. */
export const leakPhrases: readonly RegExp[] = sources.map(
  (source) => new RegExp(`(?<= )${spaced(fold(source)).replace(/\((?!\?)/g, '(?:')}(?= )`, 'g'),
);

/** Chinese has no spaces, and each of its characters is a word. */
function spaced(source: string): string {
  return source.replace(/(\p{Script=Han}\??)(?=\p{Script=Han})/gu, '$1 ');
}
