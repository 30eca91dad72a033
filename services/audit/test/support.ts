import { generateKeyPairSync } from 'node:crypto';
import { type AuditEventData, type CloudEvent, newId } from '@todo-chatbot/contracts';
import {
  createAuditBoxes,
  createLogger,
  newAuditEvent,
  type PersonBoxes,
  serviceContext,
} from '@todo-chatbot/service-kit';
import type { Checkpoint } from '@todo-chatbot/transparency-log';
import { createNoteSigner, type NoteSigner, type NoteVerifier } from '@todo-chatbot/transparency-log';
import type { Pool } from 'pg';
import { withStoredLog } from '../src/adapters/postgresStoredLog.ts';
import { canonicalJson } from '../src/domain/canonicalJson.ts';
import { decodeBody } from '../src/domain/entry.ts';
import { type Verdict, verifyLog } from '../src/domain/verifyLog.ts';
import type { Signal, SignalSink } from '../src/ports/signals.ts';

/** An audit event in its envelope as a producer publishes it. */
export function auditEvent({
  id = newId('event'),
  actorId = newId('user'),
  ...data
}: Partial<AuditEventData> & { id?: string; actorId?: string | null }): CloudEvent & { data: AuditEventData } {
  return {
    specversion: '1.0',
    id,
    source: 'task',
    type: 'audit.recorded.v1',
    subject: actorId ?? 'anonymous',
    time: '2026-11-22T08:09:10.123Z',
    datacontenttype: 'application/json',
    data: {
      service: 'task',
      actor: { type: 'user', id: actorId },
      sessionId: null,
      category: 'data-change',
      action: 'task.create',
      success: true,
      reason: null,
      object: null,
      input: { titleLength: 8 },
      metadata: { address: '192.0.2.0', userAgent: 'test' },
      traceId: null,
      retentionClass: 'task-execution',
      ...data,
    },
  };
}

/** A sign-in of a person as `auth` tells of it, with browser and e-mail address sealed. */
export async function sealedSignIn(options: {
  /** Of scope `audit.events.auth`. */
  readonly boxes: PersonBoxes;
  readonly personId: string;
  /** By somebody unknown, who did not get in. */
  readonly isFailed?: boolean;
  readonly userAgent: string;
  readonly address?: string;
  readonly email?: string;
}): Promise<CloudEvent> {
  const { boxes, personId, isFailed = false, userAgent, address = '192.0.2.0', email = null } = options;
  const auditBoxes = createAuditBoxes({ boxes, logger: createLogger({ appId: 'auth', level: 'silent' }) });
  await auditBoxes.prepare(personId);
  const client = { address, userAgent };
  return newAuditEvent({
    context: { ...serviceContext('auth'), origin: 'request', client, auditBoxes },
    action: 'auth.login',
    category: 'authentication',
    success: !isFailed,
    reason: isFailed ? 'auth.invalid-credentials' : null,
    actor: isFailed ? undefined : { type: 'user', id: personId },
    object: { type: 'user', id: personId },
    input: { attempt: 1 },
    personalInput: { email },
    retentionClass: 'security',
  });
}

/** The same entry as version 1 of the format wrote it: without salt. It is its own leaf. */
export function versionOneOf(body: Buffer): Buffer {
  const { salt: _salt, ...said } = decodeBody(body);
  return Buffer.from(canonicalJson({ ...said, v: 1 }));
}

/** A log key made for this run only. */
export function newSigner(name = 'log.example/test'): NoteSigner {
  return createNoteSigner(name, generateKeyPairSync('ed25519').privateKey);
}

/** Runs the verifier over a database, as the command does. */
export async function verifyDatabase(
  pool: Pool,
  verifier: NoteVerifier,
  earlier: readonly Checkpoint[] = [],
): Promise<Verdict> {
  const client = await pool.connect();
  try {
    return await withStoredLog(client, (log) => verifyLog(log, { verifier, earlier }));
  } finally {
    client.release();
  }
}

/** A sink that keeps what is raised. */
export function collectingSink(): { readonly raised: Signal[]; readonly sink: SignalSink } {
  const raised: Signal[] = [];
  return { raised, sink: { raise: async (signal) => void raised.push(signal) } };
}
