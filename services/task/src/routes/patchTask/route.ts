import { changeTaskRequestSchema, idSchema, taskSchema } from '@todo-chatbot/contracts';
import { type Clock, defineRoute, type PersonBoxes } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { changeTask } from '../../commands/changeTask.ts';
import type { TaskStore } from '../../ports/taskStore.ts';

/** `PATCH /v1/tasks/:id`: 200 with the task as it is now. */
export const patchTask = (deps: { store: TaskStore; clock: Clock; newsBoxes: PersonBoxes }) =>
  defineRoute({
    operation: 'changeTask',
    method: 'PATCH',
    path: '/v1/tasks/:id',
    permission: 'task.own.change',
    purpose: 'assistant',
    request: { params: z.strictObject({ id: idSchema('task') }), body: changeTaskRequestSchema },
    responses: { 200: taskSchema },
    handler: async ({ params, body, user }) => ({
      status: 200,
      body: await changeTask(deps, { userId: user.userId, taskId: params.id, request: body }),
    }),
  });
