import { idSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { deleteTask } from '../../commands/deleteTask.ts';
import type { TaskStore } from '../../ports/taskStore.ts';

/** `DELETE /v1/tasks/:id`: 204. */
export const deleteTaskRoute = (deps: { store: TaskStore }) =>
  defineRoute({
    operation: 'deleteTask',
    method: 'DELETE',
    path: '/v1/tasks/:id',
    permission: 'task.own.change',
    request: { params: z.strictObject({ id: idSchema('task') }) },
    responses: { 204: z.undefined() },
    handler: async ({ params, user }) => {
      await deleteTask(deps, { userId: user.userId, taskId: params.id });
      return { status: 204 };
    },
  });
