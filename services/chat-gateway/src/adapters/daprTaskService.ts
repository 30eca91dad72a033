import { type Task, taskPageSchema, taskSchema } from '@todo-chatbot/contracts';
import { type Dapr, ProblemError } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { TaskCall, TaskService } from '../ports/taskService.ts';

/** Longest wait for one answer; the turn's own deadline may be sooner. */
const callTimeoutMs = 5_000;
const pageSize = 200;
/** Bounds what one message may cause; a person with more tasks names a list. */
const pagesLimit = 5;

/** The task service, called through the mesh. */
export function createDaprTaskService(dapr: Pick<Dapr, 'invoke'>): TaskService {
  const common = ({ userToken, deadlineMs }: TaskCall) => {
    const remainingMs = deadlineMs - Date.now();
    if (remainingMs <= 0)
      throw new ProblemError('upstream.unavailable', { cause: new Error('the turn ran out of time') });
    return { appId: 'task', userToken, timeoutMs: Math.min(callTimeoutMs, remainingMs) } as const;
  };
  return {
    async list(call) {
      const tasks: Task[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pagesLimit; page += 1) {
        const query = { status: 'all', limit: pageSize, cursor };
        const request = { ...common(call), method: 'GET', path: '/v1/tasks', query } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: taskPageSchema });
        tasks.push(...body.items);
        if (body.nextCursor === null) break;
        cursor = body.nextCursor;
      }
      return tasks;
    },

    async create(call, { title, listName, due, key }) {
      const body = { title, due, ...(listName === null ? {} : { listName }) };
      const request = { ...common(call), method: 'POST', path: '/v1/tasks', body, idempotencyKey: key } as const;
      return (await dapr.invoke({ ...request, responseSchema: taskSchema })).body;
    },

    async complete(call, taskId) {
      const request = {
        ...common(call),
        method: 'PATCH',
        path: `/v1/tasks/${taskId}`,
        body: { status: 'done' },
      } as const;
      return orNull(async () => (await dapr.invoke({ ...request, responseSchema: taskSchema })).body);
    },

    async remove(call, taskId) {
      const request = { ...common(call), method: 'DELETE', path: `/v1/tasks/${taskId}` } as const;
      await orNull(async () => (await dapr.invoke({ ...request, responseSchema: z.undefined() })).body);
    },
  };
}

async function orNull<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'task.not-found') return null;
    throw error;
  }
}
