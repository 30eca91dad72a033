import { listTasksQuerySchema, taskPageSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { TaskStore } from '../../ports/taskStore.ts';
import { listTasks } from '../../queries/listTasks.ts';

/** `GET /v1/tasks`: 200 with a page of the person's tasks. */
export const getTasks = (deps: { store: TaskStore }) =>
  defineRoute({
    operation: 'listTasks',
    method: 'GET',
    path: '/v1/tasks',
    permission: 'task.own.read',
    request: { query: listTasksQuerySchema },
    responses: { 200: taskPageSchema },
    handler: async ({ query, user }) => ({ status: 200, body: await listTasks(deps, { userId: user.userId, query }) }),
  });
