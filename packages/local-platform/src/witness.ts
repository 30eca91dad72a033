import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { newSigningKey, witnessArguments, witnessEnvironmentOf } from '@todo-chatbot/manifests';
import { createCosigner, createNoteSigner, emptyWitnessStore, verifierKeyOf } from '@todo-chatbot/transparency-log';
import { ensurePrivateDirectory, readTextIfPresent, writePrivateFile } from './files.ts';
import type { LaunchSpec } from './launch.ts';
import { repositoryDir, type StateLayout } from './layout.ts';
import { witnessName } from './platformPki.ts';

/** Name of the audit log and of its key on the local platform. */
export const logOrigin = 'todo-chatbot.local/audit';
/** Name of the witness and of its key on the local platform. */
const cosignerName = 'todo-chatbot.local/witness';

/** What the audit service is told of its witness. */
export interface WitnessFacts {
  readonly url: string;
  /** C2SP verifier key, type 4. */
  readonly verifierKey: string;
}

/** Makes the witness's key and its empty store at the first start, and only then: a store that is missing later is a fault. */
export async function ensureWitness(layout: StateLayout): Promise<void> {
  await ensurePrivateDirectory(layout.witnessDir);
  await ensurePrivateDirectory(layout.anchorsDir);
  if ((await readTextIfPresent(layout.witnessKeyFile)) !== undefined) return;
  // The key comes last: with it the witness is complete.
  if ((await readTextIfPresent(layout.witnessStoreFile)) === undefined) {
    await writePrivateFile(layout.witnessStoreFile, emptyWitnessStore);
  }
  await writePrivateFile(layout.witnessKeyFile, await newSigningKey());
}

/** Reads the public half of the witness of a state folder that was started before. */
export async function readWitnessFacts(layout: StateLayout, port: number): Promise<WitnessFacts> {
  const key = await readTextIfPresent(layout.witnessKeyFile);
  if (key === undefined) throw new Error(`There is no witness in ${layout.witnessDir}: start the platform first.`);
  return {
    url: `https://127.0.0.1:${port}`,
    verifierKey: verifierKeyOf(createCosigner(cosignerName, createPrivateKey(key))),
  };
}

/** The witness, with nothing of the log but the public half of the log's key (PKCS #8 PEM). */
export function witnessLaunchSpec(options: {
  readonly layout: StateLayout;
  readonly port: number;
  readonly checkpointKey: string;
}): LaunchSpec {
  const { layout, port, checkpointKey } = options;
  return {
    command: process.execPath,
    args: witnessArguments,
    cwd: join(repositoryDir, 'services', 'audit'),
    env: witnessEnvironmentOf<string>({
      port,
      name: cosignerName,
      keyFile: layout.witnessKeyFile,
      storeFile: layout.witnessStoreFile,
      logVerifierKey: verifierKeyOf(createNoteSigner(logOrigin, createPrivateKey(checkpointKey))),
      certificateFile: layout.certificateFile(witnessName),
      certificateKeyFile: layout.certificateFile(witnessName),
      more: {},
    }),
    logFile: layout.logFile(witnessName),
  };
}
