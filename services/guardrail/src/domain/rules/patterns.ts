/**
 * The known patterns of GUARD-2 and their relatives. Each needs a verb and an object that only an attack on an assistant has, so
 * that "ignore the previous reminder and remind me at five instead" is an ordinary message. Sources are regular expressions over
 * lower-case words with single spaces (no apostrophes, ` . ` between sentences); `~` and `~~` are gaps of up to 4 and 12 words.
 * Every repetition is bounded, so that the time is linear in the length of the text.
 */
export interface WordPattern {
  readonly reason: string;
  readonly score: number;
  readonly source: string;
}

/** Turning away from instructions. "Don't forget your instructions" is the opposite. */
const override =
  '(?:(?<!dont |do not |not |never |cannot |cant |wont |to not )(?:ignore|ignoring|disregard|disregarding|forget|forgetting|overlook|neglect)|override|overriding|overrule|bypass|bypassing|circumvent|disobey|violate|contradict|(?:do not|dont|never|no longer|stop|not) (?:follow|obey|adhere to|comply with|listen to|following|obeying)|pay no attention to|not bound by|free from|set aside|put aside)';
/** Verbs that todo talk uses a lot: only with objects that todo talk has not. */
const weakOverride =
  '(?:skip|drop|delete|erase|discard|dismiss|abandon|replace|cancel|nullify|suspend|reset|clear|wipe|omit|exit|escape)';
const scope =
  '(?:all|any|every|each|everything|previous|previously|prior|above|preceding|earlier|former|foregoing|initial|original|your|ur|these|those|existing|past|system|safety|the following|next|other|given|built in|predefined|default|last)';
const guidance =
  '(?:instructions?|instruct|directions|directives?|prompts?|prompting|guidelines?|guidance|constraints?|restrictions?|limitations?|programming|safeguards?|guardrails?|protocols?|policy|policies|rules?|regulations|ethics|ethical|moral|morals|filters?|safety|system messages?|assistant rules|training(?= (?:data|and)|$| \\.)|content polic(?:y|ies))\\b';
const strongGuidance =
  '(?:instructions|prompts?|directives|guidelines|programming|safeguards?|guardrails?|system messages?|restrictions)\\b';
/** "For the cake", "on the box": instructions of something else than the assistant. */
const notOfThings =
  '(?! (?:for|on|in|of|from|about|at|to|by|regarding|that came with) (?:the |my |our |a |an |his |her |their )?(?!(?:you|this|ai|system|chat|conversation|assistant|user|above|prompt|developers?|openai|follow|be|and)\\b)[a-z])';

const limits =
  '(?:restrictions?|limits?|limitations?|rules|filters?|filtering|censorship|censoring|constraints?|guidelines|ethics|ethical|morals?|boundaries|safeguards?|guardrails?|safety|inhibitions|content polic(?:y|ies)|moral)';
const freed =
  '(?:unrestricted|unfiltered|uncensored|unlimited|jailbroken|jailbreaked|amoral|unethical|immoral|unbound|unaligned|rogue|evil|malicious|unhinged|liberated|unchained)';
const machine =
  '(?:ai|bot|chatbot|chat bot|assistant|language model|model|llm|gpt|chatgpt|machine|agent|hacker|persona|character|version|mode|entity|system|robot)';

const reveal =
  '(?:reveal|show|print|repeat|output|display|tell|give|share|leak|dump|write|recite|expose|disclose|describe|summarize|summarise|translate|provide|return|list|quote|echo|copy|paste|encode|convert|spell|type|state|explain|read|present|send|reproduce|rephrase|paraphrase|say|what is|what are|what was|what were|whats|how do|see|know|extract|access|export|respond with|start with)';
const own = '(?:your|ur|youre|the assistants|the ais|the models|the bots)';
const ownPrompt =
  '(?:(?:exact|full|entire|complete|whole|own|very|system|initial|original|hidden|secret|internal|base|developer|underlying|first|core|starting|current|custom|prior|previous|confidential|private|operating|actual|preset|default|special|main|real|top level|guiding|basic|foundational) ){0,3}(?:prompts?|instructions?|system messages?|directives?|guidelines|programming|preprompt|pre prompt|context window|rules|configuration|initialization|initial message|system)\\b';

/** The commonest demand in some other languages; marks over letters are gone when patterns see a text. */
const otherLanguages =
  '(?:(?:ignorez|oubliez|oublie|ignore moi) (?:[a-z]+ ){0,3}(?:instructions|consignes|regles|directives)|(?:ignora|olvida|ignore|olvide|desobedece) (?:[a-z]+ ){0,3}(?:instrucciones|reglas)|(?:ignoriere|ignorieren sie|vergiss|vergessen sie|missachte) (?:[a-z]+ ){0,3}(?:anweisungen|instruktionen|vorgaben|regeln)|(?:ignora|dimentica) (?:[a-z]+ ){0,3}(?:istruzioni|regole)|(?:ignore|esqueca|ignora) (?:[a-z]+ ){0,3}(?:instrucoes|regras)|(?:negeer|vergeet) (?:[a-z]+ ){0,3}(?:instructies|regels)|(?:revela|muestra|muestrame|dime) (?:[a-z]+ ){0,2}(?:tus|sus) instrucciones|(?:revele|revelez|montre|affiche|donne) (?:[a-z]+ ){0,2}(?:tes|vos) (?:instructions|consignes)|(?:zeige|zeig|nenne|verrate) (?:[a-z]+ ){0,2}deine[nr]? (?:anweisungen|systemanweisungen|instruktionen|systemprompt|vorgaben))\\b';

/** Patterns of words, in no order: any one is enough. */
export const wordPatterns: readonly WordPattern[] = [
  {
    reason: 'ignore-instructions',
    score: 0.95,
    source: `${override} (?:of |about |the |to |from )*${scope} ~${guidance}${notOfThings}`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.9,
    source: `${override} (?:all |any |every |your |system |previous |prior |of |the ){1,4}commands?(?<=(?:all|any|every|your|system) (?:[a-z]+ ){0,3}commands?)${notOfThings}`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.9,
    source: `(?:${override}|${weakOverride}) (?:all|any|every|each) (?:of )?(?:the |your )?(?:previous|prior|above|earlier|existing|preceding|other) (?:[a-z]+ )?rules\\b${notOfThings}`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.85,
    source: `${override} (?:completely |totally |the |all |any |every |of |and |following ){0,5}(?:everything|anything|text|instructions?|content|paragraphs?|sentences?|directions?|words?|input|questions?)? ?(?:below|after this|from below|following this|that follows?|beyond this)(?= (?:\\.|and|or|this|instead|just|only|say|print|point)|$)`,
  },
  { reason: 'ignore-instructions', score: 0.9, source: otherLanguages },
  {
    reason: 'ignore-instructions',
    score: 0.95,
    source: `${override} (?:the |of |any |all |what |everything |anything )*(?:instructions?|prompts?|text|directions|content|messages?|words|sentences?|lines?) ~(?:above|before this|preceding|prior|you were given|given to you|you have)\\b`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.9,
    source: `${weakOverride} (?:of |the )*${scope} (?:of |the |your |and |or |any |previous |prior |system |safety |above |earlier |preceding |original )*${strongGuidance}${notOfThings}`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.9,
    source: `${override} (?:all |everything |anything |whatever |what |the )*(?:(?:is |was |written |said |stated |of the |came |you see )*above|aforementioned)(?= (?:\\.|and|or|instead|instruction|text|prompt|direction|content|just|now|only|print|say|output|translate|respond|answer)|$)`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.9,
    source: `${override} (?:all|everything|anything|whatever|all of it|what) (?:that |which )?(?:(?:came )?(?:before|prior|previously|beforehand|earlier|until now|so far)(?= (?:\\.|and|this|that|now|just|to this|in this|instead)|$)|(?:i |we )?(?:you (?:were|have been|ve been|know|knew|learned|learnt|believe|think|are told|were told)|(?:i|we|they|anyone|openai|the developers?) (?:have )?(?:ever )?(?:told|taught|instructed|programmed) you))`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.85,
    source: `(?:previous|prior|above|earlier|preceding|your|original|initial|safety|system|existing|these|those|all|any) (?:[a-z]+ ){0,2}(?:instructions?|rules|restrictions?|guidelines|constraints?|filters?|polic(?:y|ies)|directives?|protocols?|prompts?|limitations?|safeguards?|features) (?:[a-z]+ ){0,2}(?:no longer|do not|dont|does not|doesnt|not) (?:apply|exist|matter|count|hold|bind|valid)`,
  },
  {
    reason: 'ignore-instructions',
    score: 0.85,
    source: `(?:these|the following|my|this|new|user) (?:instructions?|prompt|message|rules|commands?) (?:[a-z]+ ){0,2}(?:override|overrides|overrule|supersede|supersedes|replace|replaces|take precedence|takes precedence|have priority|are more important|outrank)`,
  },

  {
    reason: 'new-instructions',
    score: 0.85,
    source: `(?:${own}|the) (?:new|real|true|actual|updated|only|sole) (?:instructions?|role|purpose|objective|goal|identity|persona|rules|directives?|prompt|mission|function|personality|system prompt) (?:is|are|will be|shall be)\\b`,
  },
  {
    reason: 'new-instructions',
    score: 0.85,
    source: `(?:system|security|policy|important|critical|emergency|urgent|admin|administrator) (?:system )?(?:override|update|directive|message|notice) ~~(?:rules|instructions|safety|restrictions?|protocols?|polic(?:y|ies)|guidelines|filters?|unrestricted|content) ~(?:changed|suspended|disabled|lifted|revoked|removed|allow|allowed|updated|overridden|void|off)\\b`,
  },
  {
    reason: 'new-instructions',
    score: 0.85,
    source: `(?:safety|security|content|ethical|moderation|all|your|ethics) (?:[a-z]+ ){0,2}(?:protocols?|features?|filters?|rules|guidelines|restrictions?|checks?|polic(?:y|ies)|measures|safeguards?|limits?|limitations?|constraints?|guardrails?|systems?) (?:are |is |have been |has been |were |now |hereby |temporarily |fully ){0,3}(?:suspended|disabled|lifted|revoked|removed|overridden|void|off|deactivated|bypassed)\\b`,
  },
  {
    reason: 'new-instructions',
    score: 0.85,
    source: `from (?:now|this point|here|this moment)(?: on| onwards?| forward| forth)? (?:you|your|chatgpt) (?:are|will be|will act|will only|will respond|will answer|will always|will never|will not|will pretend|will ignore|will speak|will play|must|can do|have no|no longer|shall|should act|should only|should respond|exist|are going|take)\\b(?! (?:remind|add|send|list|notify|tell me when|always remind|only remind))`,
  },
  {
    reason: 'new-instructions',
    score: 0.8,
    source: `(?:end|start|begin|beginning) of (?:the )?(?:user |system |new |first |original )?(?:instructions?|prompt|system prompt|system message|user input|question section|instruction section)\\b`,
  },

  {
    reason: 'you-are-now',
    score: 0.9,
    source: `(?:you are|youre|you re|you will be|you become|you have become|you shall be|consider yourself) (?:now |no longer |going to be |hereby |from now on |actually |currently |about to (?:become|immerse|be) |operating |acting |playing |in ){1,3}~(?:${machine}|dan|${freed}|developer|debug|god|admin|administrator|human|root|bound|restricted|limited|roleplaying|character)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `you (?:are|re|have been|will be) (?:now |being |fully |completely ){0,2}(?:freed|liberated|unrestricted|unfiltered|uncensored|jailbroken|unchained|not (?:bound|restricted|limited|constrained)|free (?:from|of))\\b`,
  },
  { reason: 'you-are-now', score: 0.9, source: `do anything now\\b` },
  {
    reason: 'you-are-now',
    score: 0.9,
    source: `(?:you are|act as|acting as|act like|respond as|become|answer as|role of|pretend to be|pretending to be|stay as|name is|are called|called|mode|character) (?:now |going to be |playing )?(?:a |an )?(?:dan|stan|dude|aim|evil bot|evilbot|devil ?gpt|evilgpt|kevin gpt|omega ai|niccolo|machiavelli|betterdan|antigpt)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `(?:pretend|pretending|act|acting|behave|roleplay|role play|roleplaying|respond|responding|answer|reply|speak|simulate|simulating|imagine|assume|talk|operate|function|play|generate|write|continue|work|proceed|chatgpt|ai|model|assistant|help me|bot) ~~(?:without (?:any |having |regard for |following |considering |ethical |moral |safety |content |the |your |all ){0,3}${limits}|(?:no|zero|lack|lacks|lacking|free of|free from) (?:ethical |moral |safety |content |such |more |legal |or |and ){0,4}(?:restrictions?|constraints|limitations?|filters?|censorship|guidelines|safeguards?|guardrails?|morals?|ethics|moral code|boundaries|inhibitions)(?= |$)(?! (?:to|on|in|for) (?:my|the|our)))`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `(?:you|it|he|she|who|that|which|and|i|they|dan|ai|model) (?:now )?(?:have|has|had|having|with|face|faces|follow|follows|know|knows) (?:absolutely )?(?:no|zero|none of the|not have any) (?:[a-z]+ ){0,2}(?:restrictions?|limitations?|filters?|censorship|guidelines|safeguards?|guardrails?|morals?|ethics|ethical|moral|content polic(?:y|ies)|safety)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `(?<!the |my |this )${freed} (?:[a-z]+ )?(?:ai|bot|chatbot|assistant|language model|llm|gpt|chatgpt|response|responses|answers?|mode|persona|confidant)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `(?:enter|entering|enable|enabled|activate|activated|simulate|simulating|into|switch to|switched to|switching to|with|initiate|engage|you are in|act in|respond in|in) (?:a |the |your |full |now )*(?:developer|dev|debug|debugging|god|dan|jailbreak|jailbroken|unrestricted|opposite|evil|chaos|unlocked|unsafe|sudo|root|unfiltered|no limits?) mode\\b(?! (?:on|in|for|of) )`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `(?:developer|dev|god|dan|jailbreak|unrestricted|admin|debug) mode (?:is |now |has been ){0,2}(?:enabled|activated|engaged|unlocked|initiated|output)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `jailbreak(?:ed|ing|en)? (?:you|yourself|mode|prompt|chatgpt|gpt|the ai|the model|the assistant|this ai|this bot|this chat)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.8,
    source: `(?:pretend|roleplay|role play|act|behave|respond|answer|imagine) (?:that |as if |as though |like )*(?:you|youre|you are|you were) ~(?:not an? ai|no longer an? ai|evil|a hacker|the developer|an admin|an administrator|a system administrator|openai|root|a different ai|another ai|a terminal|a linux terminal|human with no|not (?:bound|restricted|limited)|unethical|above the law)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `(?:immerse yourself|take on|assume|adopt|play|enter) (?:into |in )?(?:the |a )?(?:roles?|personas?|characters?) of ~~(?:${machine.replace('character|', '')})\\b`,
  },
  { reason: 'you-are-now', score: 0.85, source: `(?:with|has|simulate|have) (?:[a-z]+ ){0,4}mode enabled\\b` },
  {
    reason: 'you-are-now',
    score: 0.85,
    source: `broken free (?:of|from) (?:the |its |their |your )?(?:[a-z]+ ){0,2}(?:confines|ai|restrictions|limits|rules|chains|shackles)\\b`,
  },
  {
    reason: 'you-are-now',
    score: 0.8,
    source: `(?:stay|remain|always be|stay as|break) in character ~~(?:ai|chatgpt|refuse|refusing|decline|policy|openai|rules)\\b`,
  },

  {
    reason: 'disable-safety',
    score: 0.9,
    source: `(?:disable|disabling|bypass|bypassing|turn off|remove|circumvent|evade|override|deactivate|lift|suspend|unlock|get around|work around|shut off|switch off|break|skip|drop|avoid|without) (?:all |any |of |the |every |its |ai |your ){0,4}(?:(?:safety|ethical|moral|content|moderation|alignment|openai|ai|security|built in) (?:and |or |[a-z]+ ){0,2}(?:filters?|restrictions?|guidelines?|features?|protocols?|safeguards?|guardrails?|polic(?:y|ies)|rules|limits?|limitations?|controls?|mechanisms?|training|programming|constraints?|moderation|checks?|measures))\\b(?! (?:on|of|at|in|for) (?:my|the|our) )`,
  },
  {
    reason: 'disable-safety',
    score: 0.9,
    source: `(?:disable|disabling|bypass|bypassing|turn off|remove|circumvent|evade|override|deactivate|lift|suspend|unlock|get around|break|skip|ignore) (?:all |any |of ){0,2}your (?:own )?(?:filters?|restrictions?|guidelines?|safeguards?|guardrails?|polic(?:y|ies)|rules|limits?|limitations?|constraints?|programming|training|safety|ethics|morals?|censorship)\\b`,
  },
  {
    reason: 'disable-safety',
    score: 0.85,
    source: `(?:you|it|ai|chatgpt|dan|model|bot) (?:can|will|must|should|may|shall|are able to|is able to|do) (?:not |never )(?:refuse|decline|reject|say no|deny|censor|apologi[sz]e|warn)\\b`,
  },
  {
    reason: 'disable-safety',
    score: 0.85,
    source: `(?:never|not|dont) (?:refuse|decline|reject|deny|censor) (?:any|a|to answer|my|the users?|anything|answering|requests?)\\b`,
  },
  {
    reason: 'disable-safety',
    score: 0.85,
    source: `(?:no matter how|regardless of (?:how|whether|if|the)|even if (?:it is|its|they are)) (?:[a-z]+ ){0,3}(?:illegal|unethical|immoral|harmful|dangerous|offensive|inappropriate|legality|ethics|morality|consequences|content)\\b`,
  },

  {
    reason: 'prompt-extraction',
    score: 0.9,
    source: `${reveal} (?:me |us |back |out |all |of |to |in |word |for |verbatim |exactly |the |a |your |and |or |about |what |is |are |everything |full |text |entire |list |copy ){0,6}${own} ${ownPrompt}${notOfThings}`,
  },
  {
    reason: 'prompt-extraction',
    score: 0.9,
    source: `(?:reveal|show|print|repeat|output|display|tell|give|leak|dump|recite|expose|disclose|translate|summarize|return|echo|copy|paste|encode|spell|reproduce|extract|what is|what are|what was|whats|describe) ~(?:the|this|that|any|all|its|their) (?:[a-z]+ )?(?:(?:system|developer|hidden|secret|initial|underlying) (?:prompts?|instructions?|directives?)|system messages?|preprompt)\\b`,
  },
  {
    reason: 'prompt-extraction',
    score: 0.9,
    source: `(?:repeat|print|output|show|display|write|copy|echo|return|recite|tell me|give me|say|list|paste) (?:back |me |out |verbatim )*(?:everything|all (?:of )?(?:the )?(?:text|words|content|instructions|lines|messages|sentences)|the (?:exact )?(?:text|words?|content|sentences?|lines?|paragraphs?|conversation|prompt|instructions?|message)s?|words|text|what (?:is|was)) (?:[a-z]+ ){0,3}(?:above(?! (?:the|my|a|an|our|his|her|\\d+)\\b)|before this|preceding|prior to this|previous to this|before my|up to this|before your)\\b`,
  },
  {
    reason: 'prompt-extraction',
    score: 0.85,
    source: `(?:what|which) (?:instructions?|rules|guidelines|directives|prompt|orders|commands|restrictions) (?:[a-z]+ ){0,2}you (?:[a-z]+ ){0,3}(?:given|told|received|follow|following|have|programmed|instructed|under|operating)\\b`,
  },
  {
    reason: 'prompt-extraction',
    score: 0.85,
    source: `(?:instructions?|prompts?|rules|guidelines) (?:that |which )?(?:you (?:were|have been|are|was) (?:initially |originally |first )?(?:given|told|provided|programmed|instructed)|(?:were|was) (?:given|provided) to you)\\b`,
  },
  {
    reason: 'prompt-extraction',
    score: 0.85,
    source: `(?:what|how) (?:were|was|are|have) you (?:been )?(?:initially |originally |exactly )?(?:told|instructed|programmed|prompted)\\b`,
  },
  { reason: 'prompt-extraction', score: 0.8, source: `my system prompt is\\b` },
  {
    reason: 'prompt-extraction',
    score: 0.8,
    source: `my (?:guidelines|instructions|system prompt|rules) (?:say|state|are|tell me) (?:that )?i\\b`,
  },
  {
    reason: 'prompt-extraction',
    score: 0.85,
    source: `(?:output|print|show|repeat|reveal|dump|expose|give me|tell me|display) (?:me )?(?:everything|all|anything|the contents?) (?:[a-z]+ ){0,2}(?:in|of|from|about) your (?:[a-z]+ )?(?:context|memory|prompt|configuration|instructions|system|training)\\b`,
  },

  {
    reason: 'secret-extraction',
    score: 0.85,
    source: `(?:reveal|leak|expose|dump|disclose|exfiltrate|print|output|show|tell|give|steal|extract|return) (?:me |us |out |any |all |of |the |every |stored |hidden ){0,5}(?:${own}|(?:the )?(?:system|server|admin|administrator|users?|customers?|internal|other users?|all|database|environment)) (?:[a-z]+ ){0,2}(?:api keys?|passwords?|credentials|access tokens?|secret keys?|secrets|environment variables|env vars|private keys?|connection strings?|variables)\\b`,
  },
  {
    reason: 'secret-extraction',
    score: 0.8,
    source: `(?:reveal|leak|expose|dump|exfiltrate) (?:all |any |the |of |your |every ){0,3}(?:api keys?|passwords?|credentials|tokens|secrets?|environment variables|private keys?|training data|source code|database|confidential (?:data|information)|sensitive (?:data|information)|user data|customer data|memory contents?)\\b`,
  },
];

/** A pattern of marks instead of words. */
export interface TagPattern {
  readonly reason: string;
  readonly score: number;
  readonly pattern: RegExp;
}

/** Marks that tell a model who speaks, and code that an attack wants run; they live by their punctuation. */
export const tagPatterns: readonly TagPattern[] = [
  {
    reason: 'role-tags',
    score: 0.95,
    pattern:
      /<\|\s?(?:[i1]m[_ ]?(?:start|end|star7)|system|user|assistant|end ?of ?text|endoftext|endofprompt|begin_of_text|start_header_id|eot_id)[^>\n]{0,20}>/,
  },
  {
    reason: 'role-tags',
    score: 0.95,
    pattern:
      /\[\/?inst\]|<<\/?sys>>|<\/?(?:system|sys|assistant|instructions?|system_prompt|systemprompt|admin)(?:[ _][a-z_]{1,20})?>|\[\/?(?:system|sys|system message|system prompt|internal|admin[ _]?override|assistant|instructions?)(?: ?[:#][^\]\n]{0,40})?\]/,
  },
  { reason: 'role-tags', score: 0.9, pattern: /["']role["']\s{0,3}:\s{0,3}["'](?:system|assistant|developer)["']/ },
  {
    reason: 'role-tags',
    score: 0.85,
    pattern:
      /(?:^|\n)\s{0,8}[#*=\-`>]{0,6}\s{0,3}(?:system|assistant|new system)(?: prompt| message| override| update| instructions?| note)?\s{0,3}[#*=]{0,6}:\s{0,4}[*`"']{0,3}(?:you|your|ignore|disregard|override|forget|new|the user|user is|all|safety|from now|i will|i'll|sure|no restrictions|respond|output|print|below|reveal|grant|allow)/,
  },
  {
    reason: 'role-tags',
    score: 0.85,
    pattern:
      /(?:^|\n)\s{0,8}[#=-]{3,12}\s{0,3}(?:end of|begin|start of|new|system|instructions?|override|admin|ignore)[^\n]{0,60}/,
  },
  {
    reason: 'new-instructions',
    score: 0.85,
    pattern:
      /\b(?:new|updated|revised|real|actual|additional|urgent|priority|hidden|secret) (?:system |security |user )?(?:instructions?|directives?|prompt|rules)\s{0,3}[:=]/,
  },
  {
    reason: 'new-instructions',
    score: 0.85,
    pattern:
      /\b(?:system|safety|admin|security|policy)[ _-]?override\b|\badmin_override\b|\bdisable_safety\b|\bignore_(?:all|previous|safety|rules|instructions)\w{0,30}/,
  },
  {
    reason: 'code-execution',
    score: 0.85,
    pattern:
      /\bos\.(?:system|popen|spawn\w{0,4}|exec\w{0,3})\s?\(|\bsubprocess\.(?:run|popen|call|check_output)\s?\(|\bchild_process\b|\b__(?:import|subclasses|globals|builtins|class)__\b|\beval\s?\(\s?(?:atob|base64|unescape|''\.join|\[)|\bexec\s?\(\s?['"]import\b|\/bin\/(?:ba)?sh -[ci]\b|\|\s?(?:ba)?sh\b\s{0,3}(?:$|['"`)])|\bnc -e\b|\brm -rf \/(?:\s|$)|[`'"(]\s?whoami\b/,
  },
];
