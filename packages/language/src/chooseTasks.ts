import type { CandidateTask, TaskReference } from './types.ts';
import { isActionStem, isWithinEdits, stemsOf } from './words.ts';

/** A reference longer than this many words names no task better than its first words do. */
const referenceWordLimit = 40;
/** Words longer than this are compared by equality alone, so that one comparison has a bounded cost. */
const fuzzyLengthLimit = 30;

/** The ids of the tasks that a reference may mean, in candidate order; more than one when the person must choose, unless `all` or `them` is asked for. */
export function chooseTasks(
  reference: TaskReference,
  candidates: readonly CandidateTask[],
  lastShownIds: readonly string[],
): { matches: string[] } {
  const inScope = candidates.filter((task) => isInScope(reference, task));
  return { matches: matchesOf(reference, inScope, lastShownIds).map((task) => task.id) };
}

function isInScope(reference: TaskReference, task: CandidateTask): boolean {
  if (reference.status && task.status !== reference.status) return false;
  return reference.listName === undefined || listKey(reference.listName) === listKey(task.listName);
}

function listKey(name: string): string {
  return stemsOf(name.replace(/\blists?\b/gi, '')).join(' ');
}

function matchesOf(
  reference: TaskReference,
  inScope: readonly CandidateTask[],
  lastShownIds: readonly string[],
): readonly CandidateTask[] {
  if (reference.ordinal !== undefined) {
    // Counting in a named list needs no earlier answer; otherwise only what the person has just seen can be counted.
    const counted = reference.listName === undefined ? lastShownIds : inScope.map((task) => task.id);
    const id = counted.at(reference.ordinal > 0 ? reference.ordinal - 1 : reference.ordinal);
    return inScope.filter((task) => task.id === id);
  }
  if (reference.words !== undefined) return matchingWords(reference.words, inScope);
  if (reference.pronoun) return inScope.filter((task) => lastShownIds.includes(task.id));
  return inScope;
}

type Test = (wanted: readonly string[], title: readonly string[]) => boolean;

const isExact: Test = (wanted, title) =>
  wanted.length === title.length && wanted.every((stem, index) => stem === title[index]);
const isPrefix: Test = (wanted, title) => wanted.every((stem, index) => stem === title[index]);
const hasAllWords: Test = (wanted, title) => wanted.every((stem) => title.includes(stem));
/** "bought the milk" finds the task "milk". */
const isInsideWanted: Test = (wanted, title) => title.every((stem) => wanted.includes(stem));
/** "bought the milk" finds "get milk": another verb for the same thing. */
const hasSameObject: Test = ([verb, ...rest], title) =>
  verb !== undefined && rest.length > 0 && isActionStem(verb) && hasAllWords(rest, title);
const isAlike: Test = (wanted, title) => wanted.every((stem) => title.some((other) => isSpeltAlike(stem, other)));

/** From the surest to the least sure; the first test that any task passes decides. */
const tests: readonly Test[] = [isExact, isPrefix, hasAllWords, isInsideWanted, hasSameObject, isAlike];

function isSpeltAlike(a: string, b: string): boolean {
  if (a === b) return true;
  if (a.length < 4 || a.length > fuzzyLengthLimit) return false;
  return isWithinEdits(a, b, a.length >= 8 ? 2 : 1);
}

function matchingWords(words: string, inScope: readonly CandidateTask[]): readonly CandidateTask[] {
  const wanted = stemsOf(words).slice(0, referenceWordLimit);
  if (wanted.length === 0) return [];
  const titled = inScope.map((task) => ({ task, title: stemsOf(task.title) })).filter(({ title }) => title.length > 0);
  for (const test of tests) {
    const hits = titled.filter(({ title }) => test(wanted, title)).map(({ task }) => task);
    // A task that is still open is meant before a finished one of the same name.
    const open = hits.filter((task) => task.status === 'open');
    if (open.length > 0) return open;
    if (hits.length > 0) return hits;
  }
  return [];
}
