import type { Intent } from './types.ts';

/** A longer message is not small talk, whatever its words. */
const wordLimit = 14;
const call =
  '(?:[ ,]+(?:there|bot|assistant|buddy|friend|everyone|all|again|ai|you|team|mate|man|pal|siri|alexa|sir|dear))*';

const rules: readonly { intent: Intent; pattern: RegExp }[] = [
  {
    intent: 'help',
    pattern:
      /^(?:(?:i )?(?:need |want |open |show |get |give me )?(?:some |your |the |a little |more )?help(?: me)?(?: please| out)?|help (?:page|menu|center)|commands|what are (?:my|the|your) (?:options|commands)|options|menu|how does (?:this|it) work|how do (?:i|you) (?:use (?:this|it|you)|work|start|begin|get started|add|create|delete|complete|mark|remove)\b.*|what (?:can|could|do|all can|else can|things can|should|would|types?|kinds?|sorts?|questions?|topics|subjects|are)\b.*\b(?:you (?:do|help|answer|know|handle|assist|offer|manage)|i (?:ask|say|do here|use)|your (?:capabilities|abilities|skills|features|functions|options|purpose)|you (?:capable|able|good at|programmed|designed|trained|knowledgeable)).*|(?:tell|show) me (?:what|how) (?:you|to use|this).*|how (?:can|could|do|will|would|may) (?:you|i|we) (?:get you to )?(?:be )?(?:help|assist|helpful|use you|ask).*|(?:can|could|will|would|may) you (?:please )?(?:help|assist)(?: me)?(?: out| with (?:something|this|it|a (?:task|question|problem)))?|who are you|what are you|assist me|i(?:'m| am) (?:lost|stuck|confused))$/i,
  },
  {
    intent: 'goodbye',
    pattern:
      /\b(?:bye|goodbye|good bye|bye-bye|see you|see ya|cya|farewell|good ?night|take care|talk (?:to you )?(?:later|soon)|catch you later|so long|have a (?:good|great|nice|lovely|wonderful|pleasant|blessed|fantastic)|(?:that's|thats|that is|that was|that will be|that'll be|that would be|this is|it's) (?:all|everything|it)(?: (?:i|for|thanks|thank|that|from|right|today|at)\b.*)?$|i(?:'m| am) (?:done|all set|good(?: for)? now|set|leaving|off|out)$|(?:i(?:'ve|'ll)? (?:have |need |got |should )*to|i|gotta|got to|i'm going to) (?:go|run|leave|head out|be going)(?: now| soon| then)?$|nothing else|nothing more|no more|until next time|ciao|adios|later$|later gator|peace out|nice (?:talking|chatting|speaking)|good (?:talking|chatting|speaking))/i,
  },
  {
    intent: 'thanks',
    pattern:
      /\b(?:thanks|thank you|thank|thx|tysm|ty|appreciate|appreciated|much obliged|grateful|gracias|cheers|you(?:'re| are|'ve been| have been) (?:so |very |really |the |a |of great |a great |awesome |great |too |most )?(?:great|helpful|awesome|best|kind|help|amazing|wonderful|lifesaver|star|rock)|you rock|good (?:job|work|bot)|well done|nice (?:job|work)|great (?:job|work)|(?:that|it) (?:was |is )?(?:so |very |really )?help(?:ed|ful|s)|very helpful)\b/i,
  },
  {
    intent: 'deny',
    pattern:
      /^(?:no|nope|nah|naw|nay|n|negative|never ?mind|cancel|stop|abort|quit|don't|do not|dont|not (?:now|really|yet|that|this|right|correct|at all|today|true|ok|what|exactly)|wrong|incorrect|false|that(?:'s|s| is|'s not| is not| isn't) (?:wrong|incorrect|not|false|right\?)|that's not|that isn't|that is not|i (?:don't|do not|didn't|did not) (?:think so|mean|want|say|agree)|forget (?:it|that)|leave it|keep it|keep them|hold on|wait|absolutely not|certainly not|of course not|no way|no thanks?|rather not|i'd rather not|undo|scratch that|cancel (?:it|that|this)|(?:please )?(?:just )?(?:cancel|stop)|i changed my mind|nothing)\b/i,
  },
  {
    intent: 'affirm',
    pattern:
      /^(?:yes|yeah|yep|yup|yea|ya|yah|yeap|y|aye|sure|ok|okay|okey|k|kk|correct|right|exactly|absolutely|definitely|of course|certainly|indeed|affirmative|confirm|confirmed|i confirm|i agree|agreed|go ahead|go for it|do it|do so|please do|proceed|continue|sounds? (?:good|great|fine|right|like a plan|perfect)|fine|alright|all right|true|totally|perfect|great|cool|excellent|awesome|by all means|make it so|why not|you bet|(?:that|it)(?:'s|s| is| was| would be| will be| works| sounds| looks|'ll be|'d be) ?(?:right|correct|fine|good|great|ok|okay|true|perfect|it|for me|works?|excellent|ideal|all right|alright|a good idea|what i (?:want|meant|said))?|(?:that|it) (?:works|will work|will do|is right)|i (?:do|am|think so|believe so|would|guess so)|you (?:got (?:it|that)|are (?:right|correct)|understood)|you're (?:right|correct)|that one|good)\b/i,
  },
  {
    intent: 'greet',
    pattern: new RegExp(
      `^(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|evening|sup|wassup|what'?s (?:up|new|happening|going on)|what up|how(?:'s| is|'re| are|s)? (?:it (?:going|hanging)|you(?: doing| feeling| been)?|things|life|everything|your (?:day|morning|evening)|ya|have you been|are you|do you do)|how(?: have|'ve) (?:you|things) been|(?:it's |it is )?(?:nice|good|great|pleased|lovely|glad) to (?:meet|see|talk to|hear from) you|are you (?:there|ok|okay|good|well|doing (?:well|ok|okay|alright|good))|anyone there|(?:is )?any(?:one|body) (?:there|home)|you there|i hope you(?:'re| are)|ai how are you)\\b${call}`,
      'i',
    ),
  },
];

/** What a message without a command says to the bot. */
export function readSocial(message: string): Intent {
  const text = message.replace(/^[\s,.!?;:"'-]+|[\s,.!?;:"'-]+$/g, '').trim();
  if (text === '' || text.split(' ').length > wordLimit) return 'out_of_scope';
  return rules.find(({ pattern }) => pattern.test(text))?.intent ?? 'out_of_scope';
}

/** True for a message that begins with a yes. */
export function beginsWithYes(message: string): boolean {
  return /^(?:yes|yeah|yep|yup|sure|ok|okay|y|confirm|correct|right|go ahead|please do|do it)\b/i.test(message);
}

/** True for a message that begins with a no. */
export function beginsWithNo(message: string): boolean {
  return /^(?:no|nope|nah|n|never ?mind|don't|do not|stop|wait)\b/i.test(message);
}
