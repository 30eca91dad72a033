import { withoutLeadIn } from './text.ts';
import type { Intent } from './types.ts';

/** A longer message is not small talk, whatever its words. */
const wordLimit = 14;
/** And neither is one of more characters, whatever stands between them. */
const characterLimit = 160;
const called = '(?:[ ,.!?]+(?:there|bot|assistant|buddy|friend|everyone|all|again|you|mate|sir|dear|please))*';

const help = [
  /^(?:(?:i )?(?:need |want |open |show |get |give me |is there )?(?:some |your |the |a little |more |any )?help(?: me| page| menu)?(?: out)?|commands|options|menu|who are you|what are you|assist me|i don't understand|i(?:'m| am) (?:stuck|confused)|how does (?:this|it) work|how to use (?:this|it))$/i,
  /^how (?:do|can|should) i (?:use (?:this|it|you)|get started|(?:add|create|make|delete|remove|complete|finish|edit) (?:a |an |my )?(?:task|list|to-?do|reminder|item)s?)\b/i,
  /^(?:what|which|tell me|let me know|show me|are there|is there|can|could|how|i (?:wanna|want to|wish to|would like to|need to) know|ai)\b.*\b(?:(?:can|could|should|may|might|do|allowed to|able to|permitted to|to)(?: i)? (?:ask|say to) (?:you|the ai|of you|here)|i (?:can|could|should|may) (?:ask|say|do here))\b/i,
  /^(?:what|which|tell me|let me know|how|i (?:wanna|want to|wish to) know)\b.*\b(?:you (?:can |could |able to |would )*(?:help|assist|answer|handle|offer|manage|accept|respond to|(?:do|perform|complete)(?: for (?:me|us))?$)|(?:are )?you(?:'re)? (?:are )?(?:able to (?:do|answer|help)|capable|good at|designed|trained|programmed|familiar|versed|knowledgeable|aware)|your (?:capabilities|abilities|skills|features|functions|options|purpose|commands))/i,
  /^(?:what|which) .*(?:do|can|could|are) (?:you|i) (?:know(?: about)?|tell me about|help me|do|have answers for|ask)$/i,
  /^(?:can|could|will|would|may) you (?:help|assist|answer (?:all|any))\b(?: me)?(?: out| with (?:something|this|it|a (?:task|question|problem))| (?:all |any )?(?:types|kinds).*| questions)?$/i,
  /^help me (?:with (?:something|this|it|my tasks)|please)$/i,
];

const goodbye = [
  /^(?:(?:ok|okay|well|alright|thanks|thank you|great|no|yes|yeah)[ ,.!]+)*(?:good ?bye|bye|see (?:you|ya)|cya|farewell|good ?night|take care|talk (?:to (?:you|ya) )?(?:later|soon)|catch (?:you|ya)|so long|later|peace out|ciao|adios|until next time|(?:it (?:is|was)|it's|was)? ?(?:so |very |really )?(?:nice|good|great|pleasant|lovely|pleasure|a pleasure) (?:to |having a? ?)?(?:talk|speak|chat|convers)\w*)\b/i,
  /(?:^|[ ,.!])(?:bye|goodbye|good bye)(?: for now| now| then| bot)?$/i,
  /(?:^|[,.!] ?|and )have (?:a|yourself a) (?:\w+ )?(?:good|great|nice|lovely|wonderful|pleasant|blessed|fantastic|day|evening|night|one)\b/i,
  /\b(?:that's|thats|that is|that was|that will be|that'll be|that would be|this is|it's|it is) (?:all|everything|it)(?:,? (?:i|for|thanks|thank|from|right now|today|at)\b.*)?$/i,
  /\bi(?:'m| am) (?:done|all set|good(?: for)? now|all good|set|leaving|out of here|outta here)(?: for now| now)?$/i,
  /\b(?:i(?:'ve|'ll)? (?:have |need |got |should )*to|i gotta|gotta|got to) (?:go|run|leave|head out|be going)(?: now| soon| then)?$/i,
  /\b(?:nothing (?:else|more)(?: for now| thanks| thank you)?|talk to you later(?: on)?)$/i,
];

const thanks =
  /\b(?:thanks|thank you|thank|thx|tysm|ty|appreciate|appreciated|much obliged|grateful|thankful|gracias|cheers|you(?:'re| are|'ve been| have been) (?:\w+ ){0,2}(?:great|helpful|awesome|best|kind|help|amazing|wonderful|lifesaver|star)|you rock|good (?:job|work|bot)|well done|nice (?:job|work)|great (?:job|work)|(?:that|it|you) (?:was |is )?(?:so |very |really )?help(?:ed|ful|s)|very helpful)\b/i;

const deny = [
  /^(?:no|nope|nah|naw|nay|n|negative|never ?mind|wrong|incorrect|false|not (?:now|really|yet|that|this|right|correct|at all|today|true|ok|what|exactly)|no way|absolutely not|certainly not|of course not|rather not|i'd rather not|scratch that|nothing|hold on|wait|undo|perhaps later|maybe later)\b/i,
  /^(?:cancel|stop|abort|quit|reject|decline|forget|discard|shut)(?: (?:it|that|this|now|there|everything|talking|please|up|down|off|the (?:last )?(?:command|action|request|operation|process)|that (?:last )?(?:command|action|request|thing|one|task)|what you (?:are|were) doing))*$/i,
  /^(?:don't|do not|dont)(?: (?:do|delete|remove|add|complete|change|send|want|need|worry|bother|mark|save))?(?: (?:it|that|this|them|anything|about it|about that|so))*$/i,
  /^(?:be quiet|leave it|keep it|keep them|i changed my mind|(?:i (?:don't|do not|didn't|did not) (?:think so|mean|want|agree|say|ask)(?: .{1,40})?)|i (?:would|do|will) not(?: .{1,40})?)$/i,
  /\b(?:that's|that is|that was|you're|you are|you got (?:it|that)|it's|it is|you've|you have|did) (?:\w+ ){0,4}(?:wrong|wrongly|incorrect|incorrectly|false|not (?:right|correct|true|it|good|what .{1,30}))$/i,
  /\b(?:just|that's enough|that is enough|would like you(?: to)?|want you(?: to)?|please|you|need you to) (?:just )?(?:stop|cancel|shut (?:up|down|off))(?: (?:it|that|this|now|talking|please))*$/i,
  /^(?:that's|that is) enough\b/i,
  /\b(?:wrong|incorrect|not the right|isn't (?:right|correct)|not correct) (?:answer|command|response|one|action|request|task|way)$/i,
];

const affirm = [
  /^(?:yes|yeah|yep|yup|yea|ya|yah|yeap|y|aye|sure|ok|okay|okey|k|kk|correct|right|exactly|absolutely|definitely|of course|certainly|indeed|affirmative|confirm|confirmed|i confirm|i agree|agreed|go ahead|go for it|do it|do so|please do|proceed|continue|sounds? (?:good|great|fine|right|like a plan|perfect)|fine|alright|all right|true|totally|perfect|great|cool|nice|excellent|awesome|wonderful|by all means|make it so|why not|you bet|good)\b/i,
  /^(?:that|it|this|all)(?:'s|s| is| was| would| will| should| works| sounds| looks|'ll|'d) ?(?:be |is )?(?:\w+ )?(?:right|correct|fine|good|great|ok|okay|true|perfect|it|works?|do|excellent|ideal|alright|a good idea|what i (?:want|meant|said))\b/i,
  /^(?:that|it) works\b/i,
  /^i (?:do|am|think so|believe so|would|guess so|would like that|can confirm.*)$/i,
  /^(?:you|you're|you are|you've|you have) (?:\w+ ){0,4}(?:right|rightly|correct|correctly|perfectly|exactly)$/i,
];

const greet = new RegExp(
  `^(?:(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|evening|sup|wassup|what'?s (?:up|new|happening|going on)|whats up|what up|how(?:'s| is|'re| are|s)? (?:it (?:going|hanging)|you(?: doing| feeling| been| today)*|things(?: going)?|life|everything|your (?:day|morning|evening)(?: going)?|ya)|how do you do|how(?: have|'ve) (?:you|things) been(?: doing| going)?|(?:it's |it is )?(?:so |very )?(?:nice|good|great|pleased|lovely|glad) to (?:meet|see|hear from) you|are you (?:there|ok|okay|good|well|doing (?:well|ok|okay|alright|good))|(?:is )?any(?:one|body) (?:there|home)|you there|i hope you(?:'re| are) (?:well|good|ok)|ai)${called}[ ,.!?]*){1,4}$`,
  'i',
);

/** The first kind that fits is meant: thanks and farewells often begin with a yes or a no. */
const rules: readonly { intent: Intent; patterns: readonly RegExp[] }[] = [
  { intent: 'greet', patterns: [greet] },
  { intent: 'help', patterns: help },
  { intent: 'goodbye', patterns: goodbye },
  { intent: 'thanks', patterns: [thanks] },
  { intent: 'deny', patterns: deny },
  { intent: 'affirm', patterns: affirm },
];

/** What a message without a command says to the bot. */
export function readSocial(message: string): Intent {
  const text = message.replace(/^[\s,.!?;:"'-]+/, '').replace(/[ ,.!?;:"'-]{1,50}$/, '');
  if (text === '' || text.length > characterLimit || text.split(' ').length > wordLimit) return 'out_of_scope';
  const plain = withoutLeadIn(text);
  const rule =
    rules.find(({ patterns }) => patterns.some((pattern) => pattern.test(text))) ??
    rules.find(({ patterns }) => patterns.some((pattern) => pattern.test(plain)));
  return rule?.intent ?? 'out_of_scope';
}

/** True for a message that begins with a yes. */
export function beginsWithYes(message: string): boolean {
  return /^(?:yes|yeah|yep|yup|sure|y|confirm|go ahead|please do|do it)\b/i.test(message);
}

/** True for a message that begins with a no. */
export function beginsWithNo(message: string): boolean {
  return /^(?:no|nope|nah|n|never ?mind|don't|do not)\b/i.test(message);
}
