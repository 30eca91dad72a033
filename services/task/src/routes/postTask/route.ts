import { createTaskRequestSchema, idempotencyKeySchema, taskSchema } from '@todo-chatbot/contracts';
import { type Clock, defineRoute, type PersonBoxes } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createTask } from '../../commands/createTask.ts';
import type { TaskStore } from '../../ports/taskStore.ts';

/** `POST /v1/tasks`: 201 with the task, the same again for a repeated key. */
export const postTask = (deps: { store: TaskStore; clock: Clock; newsBoxes: PersonBoxes }) =>
  defineRoute({
    operation: 'createTask',
    method: 'POST',
    path: '/v1/tasks',
    permission: 'task.own.change',
    purpose: 'assistant',
    request: { body: createTaskRequestSchema, headers: z.object({ 'idempotency-key': idempotencyKeySchema }) },
    responses: { 201: taskSchema },
    handler: async ({ body, headers, user }) => ({
      status: 201,
      body: await createTask(deps, { userId: user.userId, idempotencyKey: headers['idempotency-key'], request: body }),
    }),
  });
