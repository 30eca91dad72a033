import type { CandidateTask, TaskReference } from './types.ts';

/** The ids of the tasks that a reference may mean, in candidate order; more than one when the person must choose. */
export function chooseTasks(
  _reference: TaskReference,
  _candidates: readonly CandidateTask[],
  _lastShownIds: readonly string[],
): { matches: string[] } {
  return { matches: [] };
}
