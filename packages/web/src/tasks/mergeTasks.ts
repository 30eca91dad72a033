import type { Task } from '@todo-chatbot/contracts';

/** The list with one task's news: whichever version is newer wins, so that events may come late or twice. */
export function withTask(tasks: readonly Task[], news: Task): Task[] {
  const known = tasks.find((task) => task.id === news.id);
  if (known && known.version >= news.version) return [...tasks];
  return [...tasks.filter((task) => task.id !== news.id), news];
}

/** Tasks by list: open before done, earlier due first, then oldest first; the lists by name. */
export function groupByList(tasks: readonly Task[]): { listName: string; tasks: Task[] }[] {
  const groups = Map.groupBy(tasks, (task) => task.listName);
  const rank = (task: Task) => [task.status === 'open' ? '0' : '1', task.due?.at ?? '9', task.createdAt].join(' ');
  return [...groups]
    .map(([listName, members]) => ({ listName, tasks: members.sort((a, b) => rank(a).localeCompare(rank(b))) }))
    .sort((a, b) => a.listName.localeCompare(b.listName));
}
