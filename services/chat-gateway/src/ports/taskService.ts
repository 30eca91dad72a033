import type { Task } from '@todo-chatbot/contracts';

/** On whose behalf, and until when an answer is of use. */
export interface TaskCall {
  readonly userToken: string;
  /** Instant in milliseconds since 1970. */
  readonly deadlineMs: number;
}

/** The task service, as a turn uses it: always with the person's own token. */
export interface TaskService {
  /** All tasks of the person, open before done, up to the limit that a conversation can deal with. */
  list(call: TaskCall): Promise<Task[]>;
  /** Creates a task once per key, however often it is called. */
  create(
    call: TaskCall,
    task: { title: string; listName: string | null; due: Task['due']; key: string },
  ): Promise<Task>;
  /** Marks a task as done; `null` when it is no longer there. Doing it again changes nothing. */
  complete(call: TaskCall, taskId: string): Promise<Task | null>;
  /** Deletes a task. One that is already gone is no error: it is what was asked for. */
  remove(call: TaskCall, taskId: string): Promise<void>;
}
