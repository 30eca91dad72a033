import { randomBytes } from 'node:crypto';
import {
  type AppId,
  begunErasureSchema,
  type CloudEvent,
  erasureStatusSchema,
  eventRoute,
  newId,
  privacyEventTypes,
  privacyReplyTopicOf,
  type TokenGrant,
} from '@todo-chatbot/contracts';
import { createLogger, newEvent } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createErasureWorker } from '../adapters/erasureWorker.ts';
import { createKeyedHash } from '../adapters/hmacKeyedHash.ts';
import { createPrismaErasureStore } from '../adapters/prismaErasureStore.ts';
import { createJobSealer } from '../adapters/sealedJobs.ts';
import { createCompleteErasure } from '../commands/completeErasure.ts';
import { createEraseRestored } from '../commands/eraseRestored.ts';
import { erasingServices } from '../domain/erasure.ts';
import { outboxEvents, type startAuthOnNewDatabase } from './harness.ts';
import { openTestKeys } from './keys.ts';

type World = Awaited<ReturnType<typeof startAuthOnNewDatabase>>;

/** An erasure and whose it is, as a service's reply names them. */
export interface AskedErasure {
  readonly erasureId: string;
  readonly userId: string;
}

/** Somebody erases themselves. */
export async function eraseSelf({ auth }: World, { accessToken, account }: TokenGrant) {
  const answer = await auth.call('POST', '/v1/erasures', { token: accessToken });
  const begun = begunErasureSchema.parse(answer.body);
  return { ...begun, asked: { erasureId: begun.id, userId: account.id } };
}

/** How far an erasure is, by the secret of its link. */
export async function statusOfErasure({ auth }: World, { id, token }: { readonly id: string; readonly token: string }) {
  return erasureStatusSchema.parse(
    (await auth.call('GET', `/v1/erasures/${id}`, { headers: { 'x-erasure-token': token } })).body,
  );
}

/** The receipt of a service. */
export function receiptOf(service: AppId, asked: AskedErasure): CloudEvent {
  const rows = { things: 2, answers: 1 };
  return newEvent({
    type: 'privacy.erased.v1',
    source: service,
    subject: asked.erasureId,
    data: { ...asked, service, rows },
  });
}

/** Brings an event on the topic of a service's replies, as the sidecar does. */
export async function deliverReply({ auth }: World, producer: AppId, event: CloudEvent): Promise<string> {
  const response = await fetch(`${auth.url}${eventRoute(privacyReplyTopicOf(producer))}`, {
    method: 'POST',
    headers: {
      'dapr-api-token': auth.callerHeaders['dapr-api-token'],
      'content-type': 'application/cloudevents+json',
    },
    body: JSON.stringify(event),
  });
  return z.object({ status: z.string() }).parse(await response.json()).status;
}

/** Every service gives its receipt, in turn. */
export async function giveReceipts(world: World, asked: AskedErasure, services = erasingServices): Promise<void> {
  for (const service of services) await deliverReply(world, service, receiptOf(service, asked));
}

/** Requests to erase that wait in the outbox. */
export async function requestsFor({ database }: World, { erasureId }: AskedErasure) {
  const requests = (await outboxEvents(database)).filter(({ type }) => type === 'privacy.erasure_requested.v1');
  return requests
    .map(({ data }) => privacyEventTypes['privacy.erasure_requested.v1'].parse(data))
    .filter((request) => request.erasureId === erasureId);
}

/** The worker of a replica, which works when it is told to. */
export async function openErasureWorker({ database, auth }: World) {
  const { clock } = auth;
  const { prisma, keys, close } = await openTestKeys({ database, clock });
  const erasures = createPrismaErasureStore(prisma);
  const jobs = createJobSealer({ sealer: keys.serviceSealer, clock });
  const worker = createErasureWorker({
    erasures,
    completeErasure: createCompleteErasure({ erasures, jobs, wakeMail: () => undefined, clock }),
    eraseRestored: createEraseRestored({
      erasures,
      keyedHash: createKeyedHash(randomBytes(32)),
      clock,
      deadlineHours: 2,
    }),
    clock,
    logger: createLogger({ appId: 'auth', level: 'fatal' }),
  });
  return { erasures, run: worker.run, close };
}

/** An erasure that nobody asked for. */
export function unknownErasure(): AskedErasure {
  return { erasureId: newId('erasure'), userId: newId('user') };
}
