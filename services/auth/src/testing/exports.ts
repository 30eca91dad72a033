import {
  type AppId,
  type CloudEvent,
  dataKeysSchema,
  type EventData,
  eventRoute,
  exportLinkSchema,
  exportsSchema,
  privacyApps,
  privacyReplyTopicOf,
  type TokenGrant,
} from '@todo-chatbot/contracts';
import { createPersonBox, exportPartsOf, newEvent, type PersonalRecord } from '@todo-chatbot/service-kit';
import type { startAuthOnNewDatabase } from './harness.ts';

type World = Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
type Part = EventData<'privacy.export_part.v1'>;
type Signed = Pick<TokenGrant, 'accessToken' | 'account'>;

/** What each service holds of everybody in these tests, unless a test says otherwise. */
export const recordsOf = (service: AppId): readonly PersonalRecord[] =>
  Array.from({ length: 3 }, (_, n) => ({
    kind: 'thing',
    record: { n, of: service, text: `Canary of ${service}, ключ` },
  }));

/** The other services, as `auth` hears of them in exports. */
export function otherServices({ auth }: World) {
  /** Delivers an event as the sidecar does, which names no caller. */
  async function deliver(topic: string, event: CloudEvent): Promise<unknown> {
    const { 'dapr-caller-app-id': _caller, ...headers } = auth.callerHeaders;
    const response = await fetch(`${auth.url}${eventRoute(topic)}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    return await response.json();
  }

  async function boxOf(service: AppId, personId: string) {
    const answer = await auth.call('GET', `/v1/data-keys/${personId}`, { caller: service });
    const scope = privacyReplyTopicOf(service);
    const key = Buffer.from(dataKeysSchema.parse(answer.body).keys[scope] ?? '', 'base64');
    return createPersonBox({ personId, scope, key });
  }

  /** The parts of a service's share. */
  async function partsOf(
    service: AppId,
    about: { readonly exportId: string; readonly userId: string; readonly run?: number },
    records: readonly PersonalRecord[] = recordsOf(service),
  ): Promise<Part[]> {
    const { exportId, userId, run = 1 } = about;
    const box = await boxOf(service, userId);
    async function* all() {
      yield* records;
    }
    const parts: Part[] = [];
    for await (const part of exportPartsOf({ records: all(), box, exportId, run })) {
      parts.push({ exportId, userId, service, ...part });
    }
    return parts;
  }

  /** Brings a part on the topic of a service: its own, unless said otherwise. */
  function bring(part: Part, topicOf: AppId = part.service): Promise<unknown> {
    const event = newEvent({ type: 'privacy.export_part.v1', subject: part.exportId, source: topicOf, data: part });
    return deliver(privacyReplyTopicOf(topicOf), event);
  }

  return {
    deliver,
    partsOf,
    bring,
    /** Every service but those that are named gives its share. */
    async giveShares(about: { readonly exportId: string; readonly userId: string }, except: readonly AppId[] = []) {
      for (const service of privacyApps) {
        if (except.includes(service)) continue;
        for (const part of await partsOf(service, about)) await bring(part);
      }
    },
  };
}

/** A person's exports, as they see them. */
export async function exportsOf({ auth }: World, { accessToken }: Signed) {
  return exportsSchema.parse((await auth.call('GET', '/v1/exports', { token: accessToken })).body).items;
}

/** Asks for an export. */
export async function requestExport({ auth }: World, { accessToken, account }: Signed) {
  const answer = await auth.call('POST', '/v1/exports', { token: accessToken });
  const [newest] = exportsSchema.parse(answer.body).items;
  if (!newest) throw new Error('there is no export');
  return { exportId: newest.id, userId: account.id };
}

/** Makes a link to an archive. */
export async function linkTo({ auth }: World, { accessToken }: Signed, exportId: string): Promise<string> {
  const answer = await auth.call('POST', `/v1/exports/link/${exportId}`, { token: accessToken });
  return exportLinkSchema.parse(answer.body).token;
}

/** Asks for a chunk of an archive. */
export async function readChunk({ auth }: World, { accessToken }: Signed, token: string, chunk = 0) {
  const response = await fetch(`${auth.url}/v1/exports/chunk`, {
    method: 'POST',
    headers: { ...auth.callerHeaders, authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token, chunk }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
