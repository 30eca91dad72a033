import { createPrivateKey } from 'node:crypto';
import { readPlatformState } from '@todo-chatbot/local-platform';
import {
  type CosignatureVerifier,
  createNoteSigner,
  type NoteVerifier,
  parseVerifierKey,
  parseWitnessKey,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import pg from 'pg';
import { z } from 'zod';
import { withStoredLog } from './adapters/postgresStoredLog.ts';
import type { Memory } from './adapters/rememberedCheckpoints.ts';
import { defaultLogOrigin } from './config.ts';
import type { StoredLog } from './domain/verifyLog.ts';
import type { PublishedLog } from './domain/verifyPublished.ts';

const signingKeySchema = z.object({ privateKey: z.string() });

/** The log in the database of the platform that runs on this machine, as it is at one moment. */
export interface RunningLog {
  readonly log: StoredLog & PublishedLog;
  /** Inside the transaction in which the log holds still. */
  readonly client: pg.Client;
  /** Public half of the key that the log is held against. */
  readonly verifier: NoteVerifier;
  readonly witness: CosignatureVerifier;
  /** Where checkpoints are remembered outside of the database. */
  readonly memory: Memory;
}

/** Lets the work see the running log. `keys` are verifier keys kept from before; without one, the key in use now is taken. */
export async function withRunningLog<T>(
  keys: { readonly key?: string | undefined; readonly witness?: string | undefined },
  work: (running: RunningLog) => Promise<T>,
): Promise<T> {
  const { apps, witness: memory } = await readPlatformState();
  const { audit } = apps;
  const verifier = keys.key === undefined ? keyInUse(audit.secrets) : parseVerifierKey(keys.key);
  const witness = parseWitnessKey(keys.witness ?? memory.verifierKey);
  const client = new pg.Client(audit.database);
  await client.connect();
  try {
    return await withStoredLog(client, (log) => work({ log, client, verifier, witness, memory }));
  } finally {
    await client.end();
  }
}

/** Only the public half is used. */
function keyInUse(secrets: Readonly<Record<string, unknown>>): NoteVerifier {
  const { privateKey } = signingKeySchema.parse(secrets['audit-checkpoint-key']);
  return parseVerifierKey(verifierKeyOf(createNoteSigner(defaultLogOrigin, createPrivateKey(privateKey))));
}
