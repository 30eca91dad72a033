import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Checkpoint,
  CheckpointError,
  type CosignatureVerifier,
  NoteError,
  type NoteVerifier,
  openCheckpoint,
  ProofError,
  parseVerifierKey,
  parseWitnessKey,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import { createFileLogFolder } from './adapters/fileLogFolder.ts';
import { verifyAgainstMemory } from './adapters/rememberedCheckpoints.ts';
import { verifyKeptProof } from './domain/keptProof.ts';
import { keyFile } from './domain/logLayout.ts';
import { verifyFolder } from './domain/verifyFolder.ts';
import type { LogFolder } from './ports/logFolder.ts';
import { withRunningLog } from './runningLog.ts';

const usage = `Usage: npm run --silent audit:verify -- [DIR] [--checkpoint FILE] [--key KEY] [--witness KEY]
       npm run --silent audit:verify -- --proof FILE --key KEY [--witness KEY]

Derives the whole audit log anew from its entries and compares: that of the running platform, also with what the witness and the
anchors remember of it, or one in a folder, as audit:export writes it. For a folder, and for a proof, nothing else is needed: no
platform, no network.
  --checkpoint FILE   a checkpoint kept from before: the log must be a continuation of it
  --key KEY           the log's verifier key as kept from before; without it, the key in use now or the one in the folder is taken
  --witness KEY       the witness's verifier key likewise; the checkpoint must carry its cosignature
  --proof FILE        one proof as the API gives it to a person

Ends with 0 when the log is sound or the proof holds, 1 when not, 2 when it could not be checked.
`;

/** Longest checkpoint that is read. */
const maxNoteBytes = 64 * 1024;
/** A proof with the longest entry has about 240 KB. */
const maxProofBytes = 512 * 1024;

/** What was found, as {@link report} tells it. */
interface Finding {
  readonly ok: boolean;
  /** Lines. */
  readonly facts: readonly string[];
}

interface Options {
  readonly checkpoint?: string | undefined;
  readonly key?: string | undefined;
  readonly witness?: string | undefined;
}

function verifyRunningLog({ checkpoint, ...keys }: Options): Promise<Finding> {
  return withRunningLog(keys, async ({ log, verifier, witness, memory }) => {
    const earlier = await keptCheckpoints(checkpoint, verifier);
    return findingOf(await verifyAgainstMemory(log, { verifier, witness, memory, earlier }), verifier);
  });
}

async function verifyDirectory(directory: string, { checkpoint, key, witness }: Options): Promise<Finding> {
  if (!(await stat(directory)).isDirectory()) throw new Error(`${directory} is no folder`);
  const folder = createFileLogFolder(directory);
  const verifier = parseVerifierKey(key ?? (await keyIn(folder)));
  const earlier = await keptCheckpoints(checkpoint, verifier);
  return findingOf(await verifyFolder(folder, { verifier, witness: witnessOf(witness), earlier }), verifier);
}

function witnessOf(key: string | undefined): CosignatureVerifier | undefined {
  return key === undefined ? undefined : parseWitnessKey(key);
}

async function keyIn(folder: LogFolder): Promise<string> {
  const key = await folder.read(keyFile);
  if (!key) throw new Error(`there is no ${keyFile} in the folder: give the key with --key`);
  process.stderr.write(
    'The key is taken from the folder itself: whoever made the folder may have made the key too. Give the key that you trust with --key.\n',
  );
  return key.toString();
}

async function keptCheckpoints(file: string | undefined, verifier: NoteVerifier): Promise<Checkpoint[]> {
  return file === undefined ? [] : [openCheckpoint(await readText(pathOf(file), maxNoteBytes), verifier)];
}

async function verifyProofFile(file: string, key: string, witness: string | undefined): Promise<Finding> {
  const verifier = parseVerifierKey(key);
  const text = await readText(pathOf(file), maxProofBytes);
  try {
    const { index, body, checkpoint } = verifyKeptProof(text, verifier, witnessOf(witness));
    const { treeSize, rootHash } = checkpoint;
    const said = body === null ? 'body removed' : `body ${body}`;
    return {
      ok: true,
      facts: ['The proof holds.', `index ${index}`, `size ${treeSize}`, `root ${rootHash.toString('base64')}`, said],
    };
  } catch (error) {
    if (error instanceof ProofError || error instanceof NoteError || error instanceof CheckpointError) {
      return { ok: false, facts: ['The proof does NOT hold.', 'fault proof-invalid', error.message] };
    }
    throw error;
  }
}

function findingOf(
  verdict:
    | { readonly ok: true; readonly size: number; readonly rootHash: Buffer }
    | {
        readonly ok: false;
        readonly fault: { readonly kind: string; readonly index: number; readonly detail: string };
      },
  verifier: NoteVerifier,
): Finding {
  if (!verdict.ok) {
    const { kind, index, detail } = verdict.fault;
    return { ok: false, facts: ['The audit log is NOT sound.', `fault ${kind}`, `index ${index}`, detail] };
  }
  const { size, rootHash } = verdict;
  const root = rootHash.toString('base64');
  return {
    ok: true,
    facts: ['The audit log is sound.', `size ${size}`, `root ${root}`, `key ${verifierKeyOf(verifier)}`],
  };
}

function report({ ok, facts }: Finding): void {
  process.stdout.write(`${facts.join('\n')}\n`);
  process.exitCode = ok ? 0 : 1;
}

async function readText(file: string, maxBytes: number): Promise<string> {
  if ((await stat(file)).size > maxBytes) throw new Error(`${file} is too long`);
  return await readFile(file, 'utf8');
}

/** npm runs scripts in the repository's root, wherever the person is. */
function pathOf(argument: string): string {
  return resolve(process.env.INIT_CWD ?? '.', argument);
}

try {
  const { values, positionals } = parseArgs({
    options: {
      checkpoint: { type: 'string' },
      key: { type: 'string' },
      witness: { type: 'string' },
      proof: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const [directory, ...more] = positionals;
  const { help, proof, key, witness, checkpoint } = values;
  const isProofAlone = directory === undefined && checkpoint === undefined && key !== undefined;
  if (help) {
    process.stdout.write(usage);
  } else if (more.length > 0 || (proof !== undefined && !isProofAlone)) {
    process.stderr.write(usage);
    process.exitCode = 2;
  } else if (proof !== undefined && key !== undefined) {
    report(await verifyProofFile(proof, key, witness));
  } else {
    report(directory === undefined ? await verifyRunningLog(values) : await verifyDirectory(pathOf(directory), values));
  }
} catch (error) {
  process.stderr.write(
    `The audit log could not be verified: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 2;
}
