import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { liveEvents, type Task } from '@todo-chatbot/contracts';
import { useEffect, useState } from 'react';
import { refreshEntries } from '../activity/entries.ts';
import { accountKey } from '../session/session.ts';
import { withTask } from './mergeTasks.ts';

/** Cache key of the person's tasks. */
export const tasksKey = ['tasks'] as const;

/**
 * Pause before a refused stream is opened again, doubled with each refusal in a row: the browser retries by itself only after a broken
 * connection. Tries count against the person's limits, or the address's.
 */
const reopenAfterMs = 5_000;
const reopenAtMostAfterMs = 60_000;

const changeTasks = (queryClient: QueryClient, change: (tasks: readonly Task[]) => Task[]) =>
  queryClient.setQueryData<Task[]>(tasksKey, (tasks) => (tasks ? change(tasks) : tasks));

/**
 * Keeps the task list in step with the person's event stream until the returned function is called; `onLive` is told whether the stream
 * is open. A refused stream cannot say why, so the account is asked for: that renews an expired session, and an ended one ends here too.
 */
export function followTasks(queryClient: QueryClient, onLive: (isLive: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: EventSource | undefined;
  let refusals = 0;
  const open = () => {
    const source = new EventSource('/api/v1/events/stream');
    stream = source;
    source.onopen = () => {
      onLive(true);
      refusals = 0;
      void queryClient.invalidateQueries({ queryKey: tasksKey });
    };
    source.onerror = () => {
      onLive(false);
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, Math.min(reopenAtMostAfterMs, reopenAfterMs * 2 ** refusals));
      refusals += 1;
      void queryClient.invalidateQueries({ queryKey: accountKey });
    };
    for (const type of ['task.created.v1', 'task.changed.v1'] as const) {
      source.addEventListener(type, ({ data }) => {
        const news = liveEvents[type].safeParse(JSON.parse(data));
        if (news.success) changeTasks(queryClient, (tasks) => withTask(tasks, news.data.task));
        refreshEntries(queryClient);
      });
    }
    source.addEventListener('task.deleted.v1', ({ data }) => {
      const news = liveEvents['task.deleted.v1'].safeParse(JSON.parse(data));
      if (news.success) changeTasks(queryClient, (tasks) => tasks.filter((task) => task.id !== news.data.taskId));
      refreshEntries(queryClient);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    stream?.close();
  };
}

/** Keeps the task list in step with what happens anywhere (CHAT-4); true while the stream is open. */
export function useLiveTasks(): boolean {
  const queryClient = useQueryClient();
  const [isLive, setIsLive] = useState(false);
  useEffect(() => followTasks(queryClient, setIsLive), [queryClient]);
  return isLive;
}
