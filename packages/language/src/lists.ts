/** A list that a clause names, with the characters that name it. `name` is null for the to-do list itself ("my list"). */
export interface ListMention {
  name: string | null;
  start: number;
  end: number;
}

const prepositions = new Set([
  'to',
  'on',
  'onto',
  'in',
  'into',
  'from',
  'off',
  'for',
  'at',
  'under',
  'with',
  'inside',
  'of',
]);
const determiners = new Set(
  'my the our a an this that your new another any all whole entire existing current same'.split(' '),
);
/** Words that name the to-do list itself, not a list of its own. */
const generalNames = /^(?:(?:to[- ]?dos?|tasks?|reminders?|things to do|items?|main|task|chat|bot)(?: |$))*$/i;
/** Lists that people call by these names without the word list. */
const bareListNames = /^(?:shopping|grocer(?:y|ies)|to-?dos?|tasks?|reminders)$/i;
/** More words than this before "list" are not its name. */
const nameWordLimit = 4;

interface Token {
  text: string;
  lower: string;
  start: number;
  end: number;
}

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/[^\s,.;:!?"()]+/g), (match) => ({
    text: match[0],
    lower: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The last list that the clause names with a preposition ("to my shopping list"), or null. */
export function findListMention(text: string): ListMention | null {
  const tokens = tokensOf(text);
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    if (!token) continue;
    const mention = /^lists?$/.test(token.lower) ? mentionEndingAt(text, tokens, index) : bareMentionAt(tokens, index);
    if (mention) return mention;
  }
  return null;
}

function mentionEndingAt(text: string, tokens: readonly Token[], listIndex: number): ListMention | null {
  const called = calledName(text, tokens, listIndex);
  for (let index = listIndex - 1; index >= 0 && index >= listIndex - nameWordLimit - 2; index -= 1) {
    const token = tokens[index];
    if (!token || !prepositions.has(token.lower)) continue;
    // In "my to do list" the "to" belongs to the name of the list.
    if (token.lower === 'to' && /^dos?$/.test(tokens[index + 1]?.lower ?? '')) continue;
    const words = tokens.slice(index + 1, listIndex).filter((word) => !determiners.has(word.lower));
    if (words.length > nameWordLimit) return null;
    const start = startWithOut(tokens, index);
    const end = called?.end ?? endWithQualifier(text, tokens, listIndex);
    return { name: called?.name ?? nameOf(words), start, end };
  }
  return null;
}

/** "list called party supplies": the name follows. */
function calledName(text: string, tokens: readonly Token[], listIndex: number): { name: string; end: number } | null {
  if (!/^(?:called|named|titled)$/.test(tokens[listIndex + 1]?.lower ?? '')) return null;
  const words = tokens.slice(listIndex + 2, listIndex + 2 + nameWordLimit);
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return null;
  return { name: text.slice(first.start, last.end), end: last.end };
}

/** "list of things to do", "list of tasks": the qualifier belongs to the mention. */
function endWithQualifier(text: string, tokens: readonly Token[], listIndex: number): number {
  const listEnd = tokens[listIndex]?.end ?? text.length;
  const qualifier =
    /^ (?:of|for) (?:(?:my|the) )?(?:things|stuff|tasks|to-?dos|reminders|chores|items|errands)(?: (?:to|i (?:need|have) to) (?:do|get|buy))?\b/i;
  return listEnd + (qualifier.exec(text.slice(listEnd, listEnd + 60))?.[0].length ?? 0);
}

function startWithOut(tokens: readonly Token[], index: number): number {
  const before = tokens[index - 1];
  const token = tokens[index];
  if (before?.lower === 'out' && token?.lower === 'of') return before.start;
  if (before?.lower === 'off' && (token?.lower === 'of' || token?.lower === 'from')) return before.start;
  return token?.start ?? 0;
}

function nameOf(words: readonly Token[]): string | null {
  const name = words
    .map((word) => word.text)
    .join(' ')
    .replace(/['’]s$/, '');
  return name === '' || generalNames.test(name) ? null : name;
}

/** "to my groceries", "from the todos": only with my, our or the, and only these names. */
function bareMentionAt(tokens: readonly Token[], index: number): ListMention | null {
  const [preposition, determiner, name] = tokens.slice(index - 2, index + 1);
  if (index < 2 || !preposition || !determiner || !name || !bareListNames.test(name.text)) return null;
  const isLast = index === tokens.length - 1;
  if (!isLast || !/^(?:to|on|onto|in|from|off)$/.test(preposition.lower) || !/^(?:my|our|the)$/.test(determiner.lower))
    return null;
  return { name: nameOf([name]), start: startWithOut(tokens, index - 2), end: name.end };
}

/** The name of the list that a question is about ("read my shopping list"), null for the to-do list or none. */
export function listAskedFor(text: string): string | null {
  const mention = findListMention(text);
  if (mention) return mention.name;
  const tokens = tokensOf(text);
  const listIndex = tokens.findLastIndex((token) => /^lists?$/.test(token.lower));
  if (listIndex < 0) return null;
  const named = calledName(text, tokens, listIndex);
  if (named) return named.name;
  const words: Token[] = [];
  for (let index = listIndex - 1; index >= 0 && words.length < nameWordLimit; index -= 1) {
    const token = tokens[index];
    if (!token || determiners.has(token.lower) || notListNames.has(token.lower)) break;
    words.unshift(token);
  }
  return nameOf(words);
}

const notListNames = new Set(
  `show read list tell me give what's whats what is are see view display open check pull bring up out which how many much and
  clear delete empty wipe remove erase done with complete completed finish please have i do does you's now today tomorrow
  there's items things last first next of on in`.split(/\s+/),
);
