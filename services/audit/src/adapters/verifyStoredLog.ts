import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint, CosignatureVerifier, NoteVerifier } from '@todo-chatbot/transparency-log';
import type { Pool } from 'pg';
import type { StoredLog, Verdict } from '../domain/verifyLog.ts';
import { type PublishedLog, verifyLogAndPublished } from '../domain/verifyPublished.ts';
import { withStoredLog } from './postgresStoredLog.ts';

/** Entries, or publications, between two pauses: some milliseconds of work. */
const itemsPerStep = 100;

/** Verifies the log as it stands in the database, and what it has published. The pool's statements may take long. Throws when the log cannot be read. */
export function createLogVerification(options: {
  readonly pool: Pool;
  readonly verifier: NoteVerifier;
  readonly witness: CosignatureVerifier;
}): (earlier: readonly Checkpoint[]) => Promise<Verdict> {
  const { pool, verifier, witness } = options;
  return async (earlier) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    // Without a listener, a connection that breaks between two statements would end the process.
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      return await withStoredLog(client, (log) => verifyLogAndPublished(pacedLog(log), { verifier, witness, earlier }));
    } catch (error) {
      broken ??= new Error('the verification failed', { cause: error });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  };
}

/** The same log, read with a pause after each few entries as long as the work on them took: ingestion, in the same process, goes first. */
function pacedLog(log: StoredLog & PublishedLog): StoredLog & PublishedLog {
  return {
    ...log,
    entries: () => paced(log.entries()),
    publishedCheckpoints: () => paced(log.publishedCheckpoints()),
  };
}

async function* paced<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let count = 0;
  let startedAt = performance.now();
  for await (const item of items) {
    yield item;
    count += 1;
    if (count % itemsPerStep !== 0) continue;
    await sleep(performance.now() - startedAt);
    startedAt = performance.now();
  }
}
