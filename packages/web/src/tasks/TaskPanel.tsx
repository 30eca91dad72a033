import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Task, taskPageSchema, taskSchema } from '@todo-chatbot/contracts';
import { fetchJson } from '../api/client.ts';
import { Notice } from '../ui/Notice.tsx';
import { dueText, isOverdue } from '../ui/time.ts';
import { ImportTasks } from './ImportTasks.tsx';
import { groupByList, withTask } from './mergeTasks.ts';
import { tasksKey } from './useLiveTasks.ts';

const loadTasks = async () => (await fetchJson(taskPageSchema, 'GET', '/tasks?limit=200')).items;

/** The live task list, by list; a tick completes a task. */
export function TaskPanel() {
  const tasks = useQuery({ queryKey: tasksKey, queryFn: loadTasks });
  const openCount = tasks.data?.filter((task) => task.status === 'open').length ?? 0;
  return (
    <section className="panel panel-tasks" aria-labelledby="tasks-title">
      <h2 id="tasks-title" className="panel-title">
        Tasks {openCount > 0 && <span className="count">{openCount} open</span>}
      </h2>
      <div className="panel-body">
        {tasks.isPending && <p role="status">Loading tasks…</p>}
        {tasks.isError && <Notice tone="error">{tasks.error.message}</Notice>}
        {tasks.data?.length === 0 && <p className="empty">Nothing here yet. Tell the assistant what you need to do.</p>}
        {groupByList(tasks.data ?? []).map((group) => (
          <section key={group.listName} className="list" aria-label={group.listName}>
            <h3 className="list-name">{group.listName}</h3>
            <ul>
              {group.tasks.map((task) => (
                <TaskRow key={task.id} task={task} />
              ))}
            </ul>
          </section>
        ))}
        <ImportTasks />
      </div>
    </section>
  );
}

function TaskRow({ task }: { task: Task }) {
  const queryClient = useQueryClient();
  const toggle = useMutation({
    mutationFn: () =>
      fetchJson(taskSchema, 'PATCH', `/tasks/${task.id}`, {
        body: { status: task.status === 'open' ? 'done' : 'open' },
      }),
    onSuccess: (news) => queryClient.setQueryData<Task[]>(tasksKey, (tasks) => (tasks ? withTask(tasks, news) : tasks)),
  });
  const isDone = toggle.isPending ? task.status === 'open' : task.status === 'done';
  const now = new Date();
  return (
    <li className={isDone ? 'task task-done' : 'task'}>
      <label className="task-label">
        <input type="checkbox" checked={isDone} disabled={toggle.isPending} onChange={() => toggle.mutate()} />
        <span className="task-title">{task.title}</span>
      </label>
      {task.due && (
        <time className={!isDone && isOverdue(task.due, now) ? 'due due-over' : 'due'} dateTime={task.due.at}>
          {dueText(task.due, now)}
        </time>
      )}
      {toggle.isError && <Notice tone="error">{toggle.error.message}</Notice>}
    </li>
  );
}
