import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readPlatformState } from '@todo-chatbot/local-platform';
import {
  createNoteSigner,
  type NoteVerifier,
  openCheckpoint,
  parseVerifierKey,
  parseWitnessKey,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import pg from 'pg';
import { z } from 'zod';
import { withStoredLog } from './adapters/postgresStoredLog.ts';
import { verifyAgainstMemory } from './adapters/rememberedCheckpoints.ts';
import { defaultLogOrigin } from './config.ts';
import type { StoredLog, Verdict } from './domain/verifyLog.ts';
import type { PublishedLog } from './domain/verifyPublished.ts';

const usage = `Usage: npm run --silent audit:verify -- [--checkpoint FILE] [--key VERIFIER-KEY]

Derives the whole audit log anew from its entries and compares, also with what the witness and the anchors remember.
  --checkpoint FILE   a checkpoint kept from before: the log must be a continuation of it
  --key VERIFIER-KEY  the log's key as kept from before; without it, the key in use now is taken

Ends with 0 when the log is sound, 1 when it is not, 2 when it could not be checked.
`;

const signingKeySchema = z.object({ privateKey: z.string() });

async function verifyRunningLog(options: {
  readonly checkpoint?: string | undefined;
  readonly key?: string | undefined;
}): Promise<{ readonly verdict: Verdict; readonly verifier: NoteVerifier }> {
  const { apps, witness } = await readPlatformState();
  const { audit } = apps;
  const verifier = options.key === undefined ? keyInUse(audit.secrets) : parseVerifierKey(options.key);
  const note = options.checkpoint === undefined ? undefined : await readFile(options.checkpoint, 'utf8');
  const earlier = note === undefined ? [] : [openCheckpoint(note, verifier)];
  const keys = { verifier, witness: parseWitnessKey(witness.verifierKey) };
  const client = new pg.Client(audit.database);
  await client.connect();
  try {
    const verify = (log: StoredLog & PublishedLog) => verifyAgainstMemory(log, { ...keys, memory: witness, earlier });
    return { verdict: await withStoredLog(client, verify), verifier };
  } finally {
    await client.end();
  }
}

/** Only the public half is used. */
function keyInUse(secrets: Readonly<Record<string, unknown>>): NoteVerifier {
  const { privateKey } = signingKeySchema.parse(secrets['audit-checkpoint-key']);
  return createNoteSigner(defaultLogOrigin, createPrivateKey(privateKey));
}

function reportOf({ verdict, verifier }: { readonly verdict: Verdict; readonly verifier: NoteVerifier }): string {
  if (!verdict.ok) {
    const { kind, index, detail } = verdict.fault;
    return `The audit log is NOT sound.\nfault ${kind}\nindex ${index}\n${detail}\n`;
  }
  const root = verdict.rootHash.toString('base64');
  return `The audit log is sound.\nsize ${verdict.size}\nroot ${root}\nkey ${verifierKeyOf(verifier)}\n`;
}

try {
  const { values } = parseArgs({
    options: { checkpoint: { type: 'string' }, key: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(usage);
  } else {
    const result = await verifyRunningLog(values);
    process.stdout.write(reportOf(result));
    process.exitCode = result.verdict.ok ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(
    `The audit log could not be verified: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 2;
}
