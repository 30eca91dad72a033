/** What a message may mean. The social ones and `out_of_scope` carry no command. */
export const intents = [
  'greet',
  'help',
  'thanks',
  'goodbye',
  'add_task',
  'list_tasks',
  'complete_task',
  'delete_task',
  'affirm',
  'deny',
  'out_of_scope',
] as const;
export type Intent = (typeof intents)[number];

/** A point in time that the text names. `at` is an ISO 8601 UTC instant; without a time of day it is local noon of the day meant. */
export interface DateEntity {
  at: string;
  hasTime: boolean;
  /** The words of the message that name it. */
  text: string;
}

/** How a message points at tasks. Fields narrow one another; `chooseTasks` resolves them. */
export interface TaskReference {
  /** Place in what was last shown, from 1; -1 is the last. */
  ordinal?: number;
  /** Text that names the task. */
  words?: string;
  pronoun?: 'it' | 'them';
  /** Every task (of the list, with the status, where these are given). */
  all?: boolean;
  listName?: string;
  status?: 'open' | 'done';
}

/** What a person asks for, ready to be carried out. */
export type Command =
  | { kind: 'add_task'; title: string | null; listName: string | null; due: DateEntity | null }
  | {
      kind: 'list_tasks';
      listName: string | null;
      status: 'open' | 'done' | 'all';
      /** ISO 8601 UTC instants, `to` exclusive. */
      dueWithin: { from: string; to: string } | null;
    }
  | { kind: 'complete_task' | 'delete_task'; reference: TaskReference };

/** The reading of one message: `commands` in the order of the text, empty for social intents and `out_of_scope`. */
export interface Understanding {
  intent: Intent;
  commands: Command[];
}

/** What words such as `tomorrow` depend on. */
export interface UnderstandOptions {
  now: Date;
  /** IANA name of the person's time zone. */
  timeZone: string;
}

/** A task that a reference may mean. */
export interface CandidateTask {
  id: string;
  title: string;
  listName: string;
  status: 'open' | 'done';
}
