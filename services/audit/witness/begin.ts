import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { emptyWitnessStore } from '@todo-chatbot/transparency-log';
import { storeMode, syncDirectory } from './checkpointStore.ts';
import { log, problemOf } from './log.ts';

/**
 * Makes the empty store of a witness that never was: the only way in which one comes to be in the cluster. It is started by hand, once,
 * and never takes the place of a store that is there. Natively the platform does it together with the key.
 */
async function begin(): Promise<void> {
  const file = process.env.STORE_FILE;
  if (!file) throw new Error('missing in the environment: STORE_FILE');
  const written = await open(file, 'wx', storeMode);
  try {
    await written.writeFile(emptyWitnessStore);
    await written.sync();
  } finally {
    await written.close();
  }
  await syncDirectory(dirname(file));
  log('info', 'the witness has an empty store: it will cosign the first checkpoint that it is shown');
}

await begin().catch((error: unknown) => {
  log('fatal', 'no store was made', { problem: problemOf(error) });
  process.exitCode = 1;
});
