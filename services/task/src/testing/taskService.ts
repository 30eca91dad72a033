import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type CloudEvent, eventTypes, type Task, taskSchema } from '@todo-chatbot/contracts';
import { createTestClock, startTestService } from '@todo-chatbot/local-platform/testing';
import { openJson } from '@todo-chatbot/service-kit';
import { build } from '../build.ts';
import { configSchema } from '../config.ts';

export type TaskService = Awaited<ReturnType<typeof startTaskService>>;

/** The whole service on a database of its own, with a clock that tests move. */
export async function startTaskService() {
  const clock = createTestClock('2026-11-23T07:00:00.000Z');
  return { clock, ...(await startTestService({ service: 'task', configSchema, build, clock })) };
}

/** The task that an event carries, opened as a reader of the topic opens it. */
export function taskIn({ dataKeys }: TaskService, event: CloudEvent | undefined): Task {
  assert.ok(event);
  const { type, data } = event;
  const { userId, taskId, sealed } = eventTypes['task.changed.v2'].parse(data);
  return openJson(dataKeys.boxOf(userId, 'task.events'), { field: type, row: taskId }, sealed, taskSchema);
}

/** A key that no other test uses. */
export function newKey(): string {
  return randomUUID();
}
