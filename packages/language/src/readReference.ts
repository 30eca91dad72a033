import { splitItems } from './items.ts';
import { findListMention, listAskedFor } from './lists.ts';
import { trimEnd } from './text.ts';
import type { Command, TaskReference } from './types.ts';
import { startsWithPastAction } from './words.ts';

const doneWord = '(?:done|complete|completed|finished|finish|ready|bought|purchased|paid|checked|ticked|off)';
const taskWord = '(?:tasks?|items?|to-?dos?|to do|reminders?|entr(?:y|ies)|things?|ones?|chores?|notes?)';

/** How people say that something is done; group 1 is what. */
const completions: readonly RegExp[] = [
  new RegExp(
    `^(?:mark|set|flag|label|tag|check|tick)(?: down)? (?!off |out )(.+?) (?:as |to |off as )?(?:being )?(?:already )?${doneWord}$`,
    'i',
  ),
  /^(?:check|tick|cross|mark|strike|scratch)(?:ed)? (?:off|out|through)(?: of)? (.+)$/i,
  /^(?:check|tick|cross|mark|strike|scratch) (.+? (?:off|out))(?: (?:of|from))?(?: .+)?$/i,
  /^(?:check|tick|mark) (?:the )?(?:box|checkbox) (?:for |of |next to |beside )?(.+)$/i,
  /^(?:tick|complete|mark complete|close out|close) (.+)$/i,
  /^(?:i(?:'m| am)|im|we(?:'re| are))? ?(?:all |now |finally |already )?(?:done|finished|through) with (.+)$/i,
  /^(?:i|we)(?:'ve| have)?(?: (?:already|just|finally|now|also))* (?:done|did|finished|completed|accomplished|wrapped up|taken care of|took care of|dealt with|handled|checked off|ticked off|crossed off)(?: with)? (.+)$/i,
  /^(?:already|just) (?:did|done|finished|completed?|complete) (.+)$/i,
  /^(?:task )?(?:completed|done|finished)(?: task)?[: -]+(.+)$/i,
];
/** "milk is done": group 1 is what. Questions and talk of the bot or the weather begin otherwise. */
const states: readonly RegExp[] = [
  /^(?!(?:is|are|was|were|what|which|how|who|when|where|why|do|does|did|has|have|i|you|we|they|he|she|there|if)\b)(.{1,80}?) (?:is|are|was|were|has been|have been|has|have|'s|got)(?: now| all| already| just| been| finally)* (?:done|completed?|finished|purchased|bought|paid|taken care of|ticked off|checked off)$/i,
  /^(?!(?:is|are|was|were|what|which|how|who|when|where|why|do|does|did|has|have|i|you|we|they|well|not)\b)(.{1,60}?)'s (?:all |now |already )?(?:done|completed?|finished)$/i,
  /^((?:my |the )?(?:\w+ ){0,3}list) (?:just |is |already )*(?:done|completed?|finished)$/i,
];
/** Only sure when a task word, a list, a number or "it" follows: "finish it", "finish the first task". */
const looseCompletion = /^(?:finish|finish up|finish off|resolve|mark) (.+)$/i;

/** How people ask for a deletion in words that mean nothing else; groups 1 and 2 are what. */
const deletions: readonly RegExp[] = [
  /^(?:i )?(?:delete|remove|erase|scrap|discard|trash|bin|eliminate|get rid of|rid of|throw away|throw out|strike|forget about|kill|dismiss|subtract|deduct|omit|exclude|drop from|kick)(?: out| off| away)?(?= |$)(.*)$/i,
  /^(?:i|we) (?:don't|do not|dont|won't) (?:need|want|have)(?: to)? (.+?) any ?more$/i,
  /^(?:(?:i|we) no longer (?:need|want|have)|(?:there's |there is )?no (?:longer (?:a |any )?)?need)(?: to| for)? (.+)$/i,
];
/** Only sure when a list is named too: "take milk off my list", not "take the day off". */
const takings =
  /^(?:take|pull|get|cross|cut|leave|move|bump|scratch|keep) (.+? (?:off|out|away|to trash|to the trash|from))(?= |$)(.*)$/i;
/** Only sure when a task word, a list, a number or "it" follows: "clear my list", not "clear the table". */
const looseDeletions =
  /^(?:clear|empty|wipe|cancel|drop|dump|undo|reset|void|nix|ditch|purge|start over)(?: out| off| away)?(?= |$)(.*)$/i;
const foreignObject =
  /\b(?:calendars?|alarms?|playlists?|songs?|accounts?|contacts?|e-?mails?|messages?|subscriptions?|profile|history|conversations?|cache|files?|photos?|appointments?|reservations?|bookings?|events?|meetings?|cards?)(?: .{0,40})?$/i;
const ownWords = new RegExp(`\\b(?:${taskWord}|lists?|everything|them|these|those)\\b|^(?:all|both)\\b`, 'i');

/** The command to complete tasks that the clause gives, or empty. */
export function readComplete(clause: string): Command[] {
  for (const pattern of [...completions, ...states]) {
    const object = pattern.exec(clause)?.[1];
    if (object !== undefined && !isQuestionWord.test(object))
      return commandsOf('complete_task', object.replace(/ (?:off|out)$/i, ''), clause);
  }
  const loose = looseCompletion.exec(clause)?.[1];
  if (loose && (ownWords.test(loose) || isPointing(loose))) return commandsOf('complete_task', loose, clause);
  if (/^(?:done|all done|completed|finished|done deal)$/i.test(clause))
    return [{ kind: 'complete_task', reference: { pronoun: 'it' } }];
  return pastAction(clause);
}

const isQuestionWord = /^(?:what|which|how|who|when|where|why|you|not|me|see|the map)\b/i;
/** A report of something done is short; a longer one is a story. */
const reportWordLimit = 8;

/** "I've bought the milk", "I just called mom", "bought milk". */
function pastAction(clause: string): Command[] {
  if (/^(?:got|given|read|cut|put)\b/i.test(clause)) return [];
  const report = /^(?:(?:i|we)(?:'ve| have| already| just| finally| also)* )?(.+)$/i.exec(clause)?.[1] ?? '';
  const words = report.split(' ');
  if (words.length < 2 || words.length > reportWordLimit || !startsWithPastAction(report)) return [];
  if (
    /\b(?:how|why|what|when|where|if|but|not|never|wrong|problem|been|got (?:to|any|invited)|my (?:card|account|phone))\b/i.test(
      report,
    )
  )
    return [];
  return commandsOf('complete_task', report.replace(/ (?:already|today|now|just now|yesterday)$/i, ''), clause);
}

/** The command to delete tasks that the clause gives, or empty. */
export function readDelete(clause: string): Command[] {
  if (/^(?:delete|remove|erase)$/i.test(clause)) return [{ kind: 'delete_task', reference: {} }];
  for (const pattern of deletions) {
    const object = pattern.exec(clause)?.[1]?.trim();
    if (object) return foreignObject.test(object) && !ownWords.test(object) ? [] : deleteCommands(object, clause);
  }
  const taken = takings.exec(clause);
  const object = taken ? `${taken[1]}${taken[2]}`.trim() : '';
  if (object !== '' && (findListMention(clause) || ownWords.test(object) || isPointing(object)))
    return deleteCommands(object, clause);
  const loose = looseDeletions.exec(clause)?.[1]?.trim();
  if (loose && !/^(?:it|that|this)$/i.test(loose) && (ownWords.test(loose) || isPointing(loose)))
    return commandsOf('delete_task', loose, clause);
  return [];
}

function deleteCommands(object: string, clause: string): Command[] {
  return commandsOf(
    'delete_task',
    object
      .replace(/ (?:off|out|away|from|to (?:the )?trash)$/i, '')
      .replace(/ (?:off|out|away)(?= (?:of|from|my|the) )/i, ''),
    clause,
  );
}

function commandsOf(kind: 'complete_task' | 'delete_task', object: string, clause: string): Command[] {
  const references = readReferences(object, clause);
  return references.map((reference) => ({ kind, reference }));
}

const ordinalWords = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const cardinalWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ordinalPattern = new RegExp(
  `^(?:the )?(?:very )?(${ordinalWords.join('|')}|last|final|bottom|top|latest|next|\\d{1,3}(?:st|nd|rd|th))(?: (?:${taskWord}))?(?: listed)?$`,
  'i',
);
const cardinals = cardinalWords.join('|');
/** "2", "#2", "task 2", "number two", "two"; "one" alone is no number ("I don't need one"). */
const numberPattern = new RegExp(
  `^(?:the )?(?:(?:(?:${taskWord}|number|no\\.?|nr\\.?) |no\\.|#)*#?(\\d{1,3})|(?:${taskWord}|number|no\\.?) (${cardinals})|(?!one$)(${cardinals}))$`,
  'i',
);

function ordinalOf(text: string): number | null {
  const ordinal = ordinalPattern.exec(text)?.[1]?.toLowerCase();
  if (ordinal) {
    if (/^\d/.test(ordinal)) return Number.parseInt(ordinal, 10) || null;
    if (/^(?:last|final|bottom|latest)$/.test(ordinal)) return -1;
    if (/^(?:top|next)$/.test(ordinal)) return 1;
    return ordinalWords.indexOf(ordinal) + 1;
  }
  const numbers = numberPattern.exec(text);
  const number = (numbers?.[1] ?? numbers?.[2] ?? numbers?.[3])?.toLowerCase();
  if (!number) return null;
  return (/^\d/.test(number) ? Number(number) : cardinalWords.indexOf(number) + 1) || null;
}

const itPattern =
  /^(?:it|that|this|that one|this one|that task|this task|the task|the one|that item|this item|that reminder|this reminder|it all)$/i;
const themPattern =
  /^(?:them|these|those|both|both of (?:them|these|those)|all of (?:them|these|those)|them all|those tasks|these tasks|those two|(?:the )?both tasks|all (?:these|those))$/i;
const allPattern = new RegExp(
  `^(?:everything|all|(?:all|every|each)(?: of)?(?: (?:the|my|our|single|of))* ?(?:(open|remaining|pending|unfinished|completed?|done|finished)? ?(?:${taskWord}|stuff|things))?(?: i (?:have|need) to do)?|(?:(?:the|my|our|entire|whole|all) )*(?:(open|remaining|pending|unfinished|completed|done|finished) )?(?:tasks|to-?dos|to dos|reminders|items|chores))$`,
  'i',
);
const wholeListPattern =
  /^(?:(?:the|my|our|a|this|that|entire|whole|all of|all|existing|current|old|out) )*(?:[\w'-]+ ){0,4}lists?(?: (?:of|for) .{1,40})?$/i;

/** True when the text points (number, "it", "them") rather than names. */
function isPointing(text: string): boolean {
  const bare = withoutList(text);
  return ordinalOf(bare) !== null || itPattern.test(bare) || themPattern.test(bare);
}

function withoutList(text: string): string {
  const mention = findListMention(text);
  return mention ? trimEnd(`${text.slice(0, mention.start)}${text.slice(mention.end)}`).trim() : text;
}

function readReferences(object: string, clause: string): TaskReference[] {
  const bareObject = trimEnd(object).trim();
  const mention = findListMention(bareObject) ?? findListMention(clause);
  if (wholeListPattern.test(bareObject) && !findListMention(bareObject)) {
    const listName = listAskedFor(bareObject);
    return [{ all: true, ...(listName ? { listName } : {}) }];
  }
  const scope = mention?.name ? { listName: mention.name } : {};
  const text = withoutList(bareObject)
    .replace(new RegExp(`(?:^| )as ${doneWord}$`, 'i'), '')
    .replace(/^["'](.*)["']$/, '$1')
    .trim();
  if (text === '' && mention) return [{ all: true, ...scope }];
  const quoted = /"([^"]{1,500})"/.exec(text)?.[1]?.trim();
  if (quoted) return [{ words: quoted, ...scope }];
  return splitReference(text).map((piece) => ({ ...referenceOf(piece), ...scope }));
}

function splitReference(text: string): string[] {
  const pieces = text.split(/\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+/i).filter((piece) => piece !== '');
  if (pieces.length > 1 && pieces.length <= 20 && pieces.every((piece) => ordinalOf(piece) !== null)) return pieces;
  return splitItems(text, { isListNamed: false });
}

const taskPrefix =
  /^(?:(?:the|my|a|an|that|this|our) )*(?:tasks?|items?|to-?dos?|to do|reminders?|entry|word)(?: (?:called|named|titled|of|about|for|to|that says|that|with))?:? (?=\S)/i;
const taskSuffix = new RegExp(` (?:${taskWord})$`, 'i');

function referenceOf(text: string): TaskReference {
  const ordinal = ordinalOf(text);
  if (ordinal !== null) return { ordinal };
  if (itPattern.test(text)) return { pronoun: 'it' };
  if (themPattern.test(text)) return { pronoun: 'them' };
  const all = allPattern.exec(text);
  if (all) {
    const status = all[1] ?? all[2];
    return { all: true, ...(status ? { status: /^(?:complete|done|finished)/i.test(status) ? 'done' : 'open' } : {}) };
  }
  const words = trimEnd(
    text
      .replace(taskPrefix, '')
      .replace(taskSuffix, '')
      .replace(/^(?:the|my|a|an|some|our) (?=\S)/i, ''),
  ).trim();
  return words === '' || /^(?:task|item|todo|to-do|reminder|thing|something|one|an?)s?$/i.test(words) ? {} : { words };
}
