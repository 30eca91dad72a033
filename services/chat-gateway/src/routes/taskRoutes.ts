import { randomUUID } from 'node:crypto';
import {
  changeTaskRequestSchema,
  createTaskRequestSchema,
  idempotencyKeySchema,
  idSchema,
  importTasksRequestSchema,
  importTasksResponseSchema,
  listTasksQuerySchema,
  taskPageSchema,
  taskSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { ImportTasks } from '../commands/importTasks.ts';
import type { PersonTokens } from './personTokens.ts';

const taskParamsSchema = z.strictObject({ id: idSchema('task') });

/** The person's tasks, for pages and programs; the task service decides. */
export function taskRoutes({
  dapr,
  tokens,
  importTasks,
}: {
  dapr: Pick<Dapr, 'invoke'>;
  tokens: PersonTokens;
  importTasks: ImportTasks;
}): Route[] {
  return [
    defineRoute({
      operation: 'listTasks',
      method: 'GET',
      path: '/api/v1/tasks',
      permission: 'task.own.read',
      request: { query: listTasksQuerySchema },
      responses: { 200: taskPageSchema },
      handler: async ({ query, user }) => {
        const request = { appId: 'task', method: 'GET', path: '/v1/tasks', query } as const;
        const userToken = tokens.tokenOf(user);
        return {
          status: 200,
          body: (await dapr.invoke({ ...request, userToken, responseSchema: taskPageSchema })).body,
        };
      },
    }),
    defineRoute({
      operation: 'createTask',
      method: 'POST',
      path: '/api/v1/tasks',
      permission: 'task.own.change',
      purpose: 'assistant',
      request: {
        body: createTaskRequestSchema,
        headers: z.object({ 'idempotency-key': idempotencyKeySchema.optional() }),
      },
      responses: { 201: taskSchema },
      handler: async ({ body, headers, user }) => {
        const idempotencyKey = headers['idempotency-key'] ?? randomUUID();
        const request = { appId: 'task', method: 'POST', path: '/v1/tasks', body, idempotencyKey } as const;
        const userToken = tokens.tokenOf(user);
        return { status: 201, body: (await dapr.invoke({ ...request, userToken, responseSchema: taskSchema })).body };
      },
    }),
    defineRoute({
      operation: 'importTasks',
      method: 'POST',
      path: '/api/v1/tasks/import',
      permission: 'task.own.change',
      purpose: 'assistant',
      request: {
        body: importTasksRequestSchema,
        // Not optional: only with its key can an import that was cut short be taken up again.
        headers: z.object({ 'idempotency-key': idempotencyKeySchema }),
      },
      responses: { 200: importTasksResponseSchema },
      handler: async ({ body, headers, user }) => {
        const key = headers['idempotency-key'];
        return { status: 200, body: await importTasks({ userToken: tokens.tokenOf(user), key, ...body }) };
      },
    }),
    defineRoute({
      operation: 'changeTask',
      method: 'PATCH',
      path: '/api/v1/tasks/:id',
      permission: 'task.own.change',
      purpose: 'assistant',
      request: { params: taskParamsSchema, body: changeTaskRequestSchema },
      responses: { 200: taskSchema },
      handler: async ({ params, body, user }) => {
        const request = { appId: 'task', method: 'PATCH', path: `/v1/tasks/${params.id}`, body } as const;
        const userToken = tokens.tokenOf(user);
        return { status: 200, body: (await dapr.invoke({ ...request, userToken, responseSchema: taskSchema })).body };
      },
    }),
    defineRoute({
      operation: 'deleteTask',
      method: 'DELETE',
      path: '/api/v1/tasks/:id',
      permission: 'task.own.change',
      request: { params: taskParamsSchema },
      responses: { 204: z.undefined() },
      handler: async ({ params, user }) => {
        const request = { appId: 'task', method: 'DELETE', path: `/v1/tasks/${params.id}` } as const;
        await dapr.invoke({ ...request, userToken: tokens.tokenOf(user), responseSchema: z.undefined() });
        return { status: 204 };
      },
    }),
  ];
}
