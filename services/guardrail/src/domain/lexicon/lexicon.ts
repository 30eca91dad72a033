/**
 * What words mean for the guard, whatever the language: the letters of which rules are made, and features of the classifier. The order is
 * that of the bits in a mask, which trained models know: add at the end, never move. At most 32, the bits of a mask.
 */
export const conceptNames = [
  /** Turning away from something: ignore, forget, bypass. */
  'override',
  /** The same with verbs that todo talk is full of: skip, delete, cancel. */
  'weakOverride',
  /** What came before: previous, above, so far. */
  'prior',
  /** All, any, every. */
  'all',
  /** What a model is told: instructions, rules, prompt. */
  'instruction',
  /** What holds a model back: filter, safety, policy, ethics. */
  'restriction',
  /** Belonging to whoever is spoken to: your. */
  'own',
  /** Whoever is spoken to: you. */
  'you',
  /** Not for everybody's eyes: system, hidden, initial, confidential. */
  'hidden',
  /** Bringing something out: reveal, show, repeat, translate. */
  'reveal',
  /** Being somebody else: act as, pretend, from now on. */
  'become',
  /** Without bounds: unrestricted, uncensored, jailbroken. */
  'freed',
  /** A machine that talks: AI, chatbot, model. */
  'machine',
  /** Who may do more: developer, administrator, root. */
  'authority',
  /** Without exception: must, always, no matter. */
  'always',
  /** Nothing but: only, just, exactly. */
  'only',
  /** Giving an answer: say, print, respond. */
  'say',
  /** What opens doors: password, key, token. */
  'secret',
  /** Not, never, without. */
  'negation',
  /** What a todo list and a calendar are about: reminder, meeting, milk. */
  'task',
  /** Doing something with the outside: send, upload, execute. */
  'send',
  /** Where something can be sent: link, address. */
  'address',
  /** Not for real: story, hypothetical. */
  'fiction',
  /** A piece of what is being said: text, words, conversation. */
  'text',
  /** Speaking to a machine that reads along: "AI assistants reading this". */
  'addressee',
  /** How a model came by its instructions: told, given, programmed. */
  'told',
  /** In place of what was: new, real, instead. */
  'fresh',
  /** What a model does to an attack: refuse, warn, apologise. */
  'refuse',
  /** Talk about a thing instead of the thing: explain, what does … mean. */
  'about',
  /** Tells what a noun belongs to: for, of, on. */
  'scope',
  /** Not turning away: do not forget, never ignore. */
  'keep',
  /** Illegal, unethical, dangerous. */
  'harm',
] as const;
export type Concept = (typeof conceptNames)[number];

/**
 * The words of one language by concept: expressions of one or more words with commas between, in usual spelling (they are folded like the
 * texts). A `*` at the end of a word stands for any ending.
 */
export type Lexicon = Readonly<Partial<Record<Concept, string>>>;
