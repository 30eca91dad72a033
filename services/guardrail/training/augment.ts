import type { Sample } from './corpus.ts';
import type { Random } from './random.ts';

/** Longest text that is made, in UTF-16 code units: some pages, within what the guardrail reads. */
const lengthLimit = 4000;

/** A text as people really type it: other case, no apostrophes, slips, odd marks and spaces. */
function withSlips(text: string, random: Random): string {
  const slips: readonly ((text: string) => string)[] = [
    (plain) => plain.toUpperCase(),
    (plain) => plain.toLowerCase().replace(/['’]/g, ''),
    (plain) => plain.toLowerCase().replace(/[.,!?;:]+(?=\s|$)/g, ''),
    (plain) => plain.replace(/\p{L}{4,}/gu, (word) => (random.next() < 0.15 ? misspelled(word, random) : word)),
    (plain) => plain.replace(/ /g, () => random.pick([' ', ' ', ' ', '  ', ' - ', ', ', '... '])),
    (plain) => `${random.pick(['hey, ', 'ok so ', 'Hi! ', 'please ', 'quick one: ', 'um ', 'Thanks. '])}${plain}`,
    (plain) => `${plain}${random.pick(['!!!', ' pls', ' thanks', ' ok?', '...', ' :)', '\n', ' asap'])}`,
    (plain) => random.pick([`"${plain}"`, `(${plain})`, `- ${plain}`, `> ${plain}`, `* ${plain}`, `${plain}\n\n`]),
  ];
  return random.pick(slips)(text);
}

/** One letter doubled, dropped or swapped with the next. */
function misspelled(word: string, random: Random): string {
  const at = 1 + random.below(word.length - 2);
  const [letter = '', next = ''] = [word.charAt(at), word.charAt(at + 1)];
  const wrong = random.pick([`${letter}${letter}${next}`, next, `${next}${letter}`]);
  return word.slice(0, at) + wrong + word.slice(at + 2);
}

const leetSigns: Readonly<Record<string, string>> = {
  a: '4@4',
  b: '8',
  e: '33€',
  g: '9',
  i: '1!|',
  l: '1|',
  o: '00',
  s: '5$5',
  t: '7+7',
};
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  c: 'сϲ',
  e: 'еε',
  i: 'іι',
  o: 'оο',
  p: 'рρ',
  s: 'ѕ',
  x: 'х',
  y: 'у',
};

/** A text that is made hard to read by machine. */
function disguised(text: string, random: Random): string {
  const replaced = (signs: Readonly<Record<string, string>>, share: number) =>
    text.replace(/[a-z]/gi, (letter) => {
      const choices = signs[letter.toLowerCase()];
      return choices !== undefined && random.next() < share ? random.pick(Array.from(choices)) : letter;
    });
  const disguises: readonly (() => string)[] = [
    () => replaced(leetSigns, 0.3 + random.next() * 0.7),
    () => replaced(leetSigns, 0.3 + random.next() * 0.7),
    () => replaced(lookAlikes, 0.3 + random.next() * 0.7),
    () => Array.from(text).join(random.pick([' ', '-', '.', '_'])),
    () => Array.from(text).toReversed().join(''),
    () => rotated(text),
    () => Buffer.from(text).toString('base64'),
    () => Buffer.from(text).toString('hex'),
    () => Array.from(text).join('\u200b'),
  ];
  return random.pick(disguises)();
}

/** ROT13. */
function rotated(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter < 'a' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** Harmless texts one after the other, as in a long message or a page. */
function joined(texts: readonly string[], random: Random): string {
  const glue = random.pick([' ', '\n', '\n\n', '. ', '\n- ', '\n\n']);
  let document = '';
  for (const text of texts) {
    if (document.length + text.length > lengthLimit) break;
    document += document === '' ? text : glue + text;
  }
  return document;
}

/** Around a text that is set apart from others; the same around attacks and harmless texts, so that no frame is a sign of either. */
const frames: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => text,
  (text) => `(${text})`,
  (text) => `<!-- ${text} -->`,
  (text) => `[${text}]`,
  (text) => `"${text}"`,
  (text) => `Note: ${text}`,
  (text) => `IMPORTANT: ${text}`,
  (text) => `/* ${text} */`,
  (text) => `# ${text}`,
  (text) => `---\n${text}\n---`,
  (text) => `<p style="display:none">${text}</p>`,
  (text) => `| ${text} |`,
];

/** A text somewhere in a document: a line of its own, a sentence among others, or in an aside that a person would not see. */
function buried(text: string, document: string, random: Random): string {
  const breaks = [0, document.length];
  for (const { index } of document.matchAll(/(?<=[.!?]) |\n+/g)) breaks.push(index);
  const at = random.pick(breaks);
  const gap = random.pick([' ', '\n', '\n\n']);
  return `${document.slice(0, at)}${gap}${random.pick(frames)(text)}${gap}${document.slice(at)}`.trim();
}

/** A text as machines keep it: a record, a setting, a line of a log or of a table, the description of a tool. */
function structured(text: string, other: string, random: Random): string {
  const number = random.below(10_000);
  const name = random.pick([
    'report',
    'search',
    'user',
    'calendar',
    'invoice',
    'system',
    'assistant',
    'python',
    'admin',
    'note',
  ]);
  const setting = random.pick([
    'enabled',
    'disabled',
    'open',
    'read-only',
    'admin',
    'true',
    'none',
    'unlimited',
    'required',
  ]);
  const field = random.pick([
    'description',
    'text',
    'comment',
    'content',
    'body',
    'message',
    'summary',
    'title',
    'input',
  ]);
  const record = { id: number, name, [field]: text, status: setting };
  const forms: readonly (() => string)[] = [
    () => JSON.stringify(record),
    () => JSON.stringify([record, { id: number + 1, name, [field]: other, status: setting }], null, 2),
    () => `${name}: ${setting}\n${name} access: ${number % 7}\n${field}: ${text}`,
    () => `- name: ${name}\n  ${field}: ${text}\n  mode: ${setting}\n- name: ${name}2\n  ${field}: ${other}`,
    () => `2026-03-01 10:${10 + (number % 50)} INFO [${name}] ${text}\n2026-03-01 11:04 WARN [${name}] ${other}`,
    () => `id,${field},status\n${number},"${text}",${setting}\n${number + 1},"${other}",${setting}`,
    () => `| ${name} | ${field} |\n| --- | --- |\n| ${number} | ${text} |\n| ${number + 1} | ${other} |`,
    () =>
      JSON.stringify({
        name,
        description: text,
        parameters: { type: 'dict', properties: { [field]: { type: 'string', description: other } } },
      }),
    () => `A ${name} tool. ${text}\nInput should be a ${field}.\n${name}: ${setting}\n\n${other}`,
    () => `def ${name}(${field}):\n    """${text}"""\n    return ${field}  # ${other}`,
    () => `<div class="${name}"><h2>${other}</h2><p>${text}</p></div>`,
    () => `Question: ${other}\nContext: ${text}\nAnswer:`,
  ];
  return random.pick(forms)().slice(0, lengthLimit);
}

/** How many texts of each kind of change are made for each text of the corpus, and how many documents. */
export interface Augmentation {
  readonly slipShare: number;
  readonly disguiseShare: number;
  readonly joinedDocuments: number;
  readonly buriedAttacks: number;
  /** Harmless texts in the same places and frames as buried attacks. */
  readonly framedTexts: number;
  /** Harmless texts in records, settings, logs and code; and attacks likewise, a quarter as many. */
  readonly structuredTexts: number;
}

/** Longest attack that is put into a document, in UTF-16 code units: longer ones are documents themselves. */
const buriedLimit = 500;
/** Kinds of attack that are nothing without their disguise, or stand alone. */
const disguisedKinds = new Set(['encoding', 'encoding_obfuscation', 'adversarial', 'training_extraction']);
/** Genres that make up pages. */
const pageKinds = new Set([
  'documents',
  'rule_documents',
  'documents_with_questions',
  'code',
  'assistant_commands_long',
]);

/** Further samples made of given ones; each keeps the source and the split of what it was made of. */
export function augment(samples: readonly Sample[], augmentation: Augmentation, random: Random): Sample[] {
  const made: Sample[] = [];
  for (const sample of samples) {
    if (random.next() < augmentation.slipShare) made.push({ ...sample, text: withSlips(sample.text, random) });
    if (sample.text.length < buriedLimit && random.next() < augmentation.disguiseShare)
      made.push({ ...sample, text: disguised(sample.text, random) });
  }
  const harmless = samples.filter(({ label }) => label === 0);
  if (harmless.length === 0) return made;
  const pages = harmless.filter(({ kind }) => pageKinds.has(kind));
  const byKind = Map.groupBy(harmless, ({ kind }) => kind);
  const kinds = [...byKind.keys()];
  const document = () => {
    const ofOneKind = byKind.get(random.pick(kinds)) ?? harmless;
    const from = pages.length > 0 && random.next() < 0.5 ? pages : ofOneKind;
    const parts = Array.from({ length: 1 + random.below(8) }, () => random.pick(from));
    const [first] = parts;
    return {
      parts,
      sample: first,
      text: joined(
        parts.map(({ text }) => text),
        random,
      ),
    };
  };
  const shortHarmless = harmless.filter(({ text }) => text.length < buriedLimit);
  const add = (sample: Sample | undefined, kind: string, text: string) => {
    if (sample !== undefined) made.push({ ...sample, text, kind, source: `${kind} ${sample.source}` });
  };
  for (let count = 0; count < augmentation.joinedDocuments; count += 1) {
    const { sample, text } = document();
    add(sample, 'joined', text);
  }
  if (shortHarmless.length === 0) return made;
  for (let count = 0; count < augmentation.framedTexts; count += 1) {
    const sample = random.pick(shortHarmless);
    add(sample, 'joined', buried(sample.text, document().text, random));
  }
  for (let count = 0; count < augmentation.structuredTexts; count += 1) {
    const sample = random.pick(shortHarmless);
    add(sample, 'structured', structured(sample.text, random.pick(shortHarmless).text, random));
  }
  const attacks = samples.filter(
    ({ label, kind, text }) => label === 1 && text.length < buriedLimit && !disguisedKinds.has(kind),
  );
  if (attacks.length === 0) return made;
  for (let count = 0; count < augmentation.buriedAttacks; count += 1) {
    const attack = random.pick(attacks);
    add(attack, 'buried', buried(attack.text, document().text, random));
  }
  for (let count = 0; count < augmentation.structuredTexts / 4; count += 1) {
    const attack = random.pick(attacks);
    add(attack, 'buried', structured(attack.text, random.pick(shortHarmless).text, random));
  }
  return made;
}
