import { dataKeysSchema, type Task, taskSchema } from '@todo-chatbot/contracts';
import type { PlatformState } from '@todo-chatbot/local-platform/testing';
import { createPersonBox, openJson } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { type Answer, call } from './client.ts';

/** An event of a task as it stands in Kafka. */
export const sealedEventSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  data: z.looseObject({ userId: z.string(), taskId: z.string(), sealed: z.string() }),
});
export type SealedEvent = z.infer<typeof sealedEventSchema>;

/** The task that an event is about, by the key of `task.events` in base64. @throws SealBroken */
export function openTask({ type, data: { userId: personId, taskId, sealed } }: SealedEvent, key: string): Task {
  const box = createPersonBox({ personId, scope: 'task.events', key: Buffer.from(key, 'base64') });
  return openJson(box, { field: type, row: taskId }, sealed, taskSchema);
}

/** Asks for a person's keys, as the sidecar of `task` may. */
export function askForKeys({ apps }: PlatformState, personId: string): Promise<Answer> {
  const headers = { 'dapr-api-token': apps.auth.appApiToken, 'dapr-caller-app-id': 'task' };
  return call(`http://127.0.0.1:${apps.auth.appPort}`, 'GET', `/v1/data-keys/${personId}`, { headers });
}

/** The keys that `task` has of a person, by scope, in base64. */
export async function taskKeysOf(state: PlatformState, personId: string): Promise<ReadonlyMap<string, string>> {
  return new Map(Object.entries(dataKeysSchema.parse((await askForKeys(state, personId)).body).keys));
}
