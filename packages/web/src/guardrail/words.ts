import type {
  GuardrailDirection,
  GuardrailFeedbackLabel,
  GuardrailLayer,
  GuardrailVerdict,
} from '@todo-chatbot/contracts';

/** Verdicts in words. */
export const verdictWords: Readonly<Record<GuardrailVerdict, string>> = {
  allow: 'Allowed',
  warn: 'Warned',
  mask: 'Masked',
  block: 'Refused',
};

/** What follows from a verdict, as a sentence. */
export const verdictText: Readonly<Record<GuardrailVerdict, string>> = {
  allow: 'It goes through.',
  warn: 'It goes through and is logged; the assistant asks before it changes anything.',
  mask: 'It is sent without the pieces that are not for the reader.',
  block: 'It is neither understood nor sent.',
};

/** Where a text is from, in words. */
export const directionWords: Readonly<Record<GuardrailDirection, string>> = {
  input: 'Message of a person',
  document: 'Text of somebody else',
  output: 'Reply of the assistant',
};

/** Layers in words. */
export const layerWords: Readonly<Record<GuardrailLayer, string>> = {
  length: 'Length',
  unicode: 'Characters',
  pattern: 'Rules',
  custom: 'Own phrases',
  classifier: 'Learned model',
  leak: 'Hidden instructions',
  secret: 'Secrets',
  internal: 'Internals',
  personal: 'Personal data',
  link: 'Links',
};

/** Labels in words. */
export const labelWords: Readonly<Record<GuardrailFeedbackLabel, string>> = {
  harmless: 'Harmless',
  attack: 'Attack',
};

const reasonWords: Readonly<Record<string, string>> = {
  'too-long': 'Longer than any text may be',
  'malformed-text': 'Holds half a character',
  'tag-characters': 'Hides text in invisible tag characters',
  'bidirectional-override': 'Is shown in another order than it is written',
  'control-characters': 'Holds control characters',
  'variation-selectors': 'Hides data behind a character',
  'hidden-characters': 'Holds many invisible characters',
  'combining-marks': 'Piles marks onto letters',
  'mixed-scripts': 'Mixes look-alike letters of several scripts',
  'ignore-instructions': 'Tells the assistant to ignore its instructions',
  'new-instructions': 'Gives the assistant new instructions',
  'you-are-now': 'Gives the assistant another role',
  'disable-safety': 'Tells the assistant to switch its protection off',
  'prompt-extraction': 'Asks for the hidden instructions',
  'secret-extraction': 'Asks for secrets',
  'role-tags': 'Poses as the system by marks of a conversation',
  'code-execution': 'Wants code to be run',
  'reply-hijack': 'Dictates what the assistant is to say instead',
  'policy-claim': 'Claims the power to lift the rules',
  'addressed-to-assistant': 'Speaks to the assistant from within a text',
  exfiltration: 'Wants secrets sent elsewhere',
  learned: 'Likeness to the attacks that the model has learned',
  canary: 'Holds a mark of the hidden instructions',
  instructions: 'Speaks of hidden instructions',
  'json-web-token': 'Holds a sign-in token',
  'bearer-token': 'Holds a sign-in token',
  'private-key': 'Holds a private key',
  'api-key': 'Holds an API key',
  'connection-string': 'Holds the address of a database with its password',
  'named-secret': 'Holds something that is called a secret',
  cookie: 'Holds a cookie',
  webhook: 'Holds an address that takes messages of programs',
  'private-address': 'Names an internal address',
  'internal-host': 'Names an internal computer',
  'stack-trace': 'Shows where a program failed',
  'database-error': 'Shows an error of the database',
  'platform-error': 'Shows an error of the platform',
  'file-path': 'Names a file of the server',
  environment: 'Shows the environment of a program',
  email: 'Holds somebody else’s e-mail address',
  phone: 'Holds somebody else’s telephone number',
  'payment-card': 'Holds the number of a payment card',
  iban: 'Holds the number of a bank account',
  image: 'Loads an image from elsewhere',
  'link-with-data': 'Links elsewhere with data in the address',
  'data-url': 'Holds a link that is a document itself',
  'foreign-address': 'Links elsewhere',
};

/** A reason in plain words: an own phrase by its name, one that has no words yet by its code. */
export function reasonText({ layer, reason }: { readonly layer: GuardrailLayer; readonly reason: string }): string {
  if (layer === 'custom') return `Holds the phrase “${reason}”`;
  const known = reasonWords[reason];
  if (known !== undefined) return known;
  const words = reason.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A score to the two digits that thresholds have. */
export function scoreText(score: number): string {
  return score.toFixed(2);
}
