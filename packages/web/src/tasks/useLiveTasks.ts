import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { eventTypes, type Task } from '@todo-chatbot/contracts';
import { useEffect, useState } from 'react';
import { refreshEntries } from '../activity/entries.ts';
import { withTask } from './mergeTasks.ts';

/** Cache key of the person's tasks. */
export const tasksKey = ['tasks'] as const;

/** Pause before a closed stream is opened again: the browser retries by itself only after a broken connection, not after a refusal. */
const reopenAfterMs = 5_000;

const changeTasks = (queryClient: QueryClient, change: (tasks: readonly Task[]) => Task[]) =>
  queryClient.setQueryData<Task[]>(tasksKey, (tasks) => (tasks ? change(tasks) : tasks));

/** Keeps the task list in step with what happens anywhere (CHAT-4); true while the stream is open. */
export function useLiveTasks(): boolean {
  const queryClient = useQueryClient();
  const [isLive, setIsLive] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: EventSource | undefined;
    const open = () => {
      const source = new EventSource('/api/v1/events/stream');
      stream = source;
      source.onopen = () => {
        setIsLive(true);
        void queryClient.invalidateQueries({ queryKey: tasksKey });
      };
      source.onerror = () => {
        setIsLive(false);
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenAfterMs);
      };
      for (const type of ['task.created.v1', 'task.changed.v1'] as const) {
        source.addEventListener(type, ({ data }) => {
          const news = eventTypes[type].safeParse(JSON.parse(data));
          if (news.success) changeTasks(queryClient, (tasks) => withTask(tasks, news.data.task));
          refreshEntries(queryClient);
        });
      }
      source.addEventListener('task.deleted.v1', ({ data }) => {
        const news = eventTypes['task.deleted.v1'].safeParse(JSON.parse(data));
        if (news.success) changeTasks(queryClient, (tasks) => tasks.filter((task) => task.id !== news.data.taskId));
        refreshEntries(queryClient);
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      stream?.close();
    };
  }, [queryClient]);
  return isLive;
}
