import { randomUUID } from 'node:crypto';
import { createTestClock, startTestService } from '@todo-chatbot/local-platform/testing';
import { build } from '../build.ts';
import { configSchema } from '../config.ts';

export type TaskService = Awaited<ReturnType<typeof startTaskService>>;

/** The whole service on a database of its own, with a clock that tests move. */
export async function startTaskService() {
  const clock = createTestClock('2026-11-23T07:00:00.000Z');
  return { clock, ...(await startTestService({ service: 'task', configSchema, build, clock })) };
}

/** A key that no other test uses. */
export function newKey(): string {
  return randomUUID();
}
