import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type Checkpoint,
  CheckpointError,
  type CosignatureVerifier,
  cosignatureTime,
  NoteError,
  type NoteVerifier,
  openCheckpoint,
  openWitnessStore,
} from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import { jsonOrUndefined } from '../domain/jsonOrUndefined.ts';
import { LogFaultError, type StoredLog, type Verdict, verdictOf } from '../domain/verifyLog.ts';
import { type PublishedLog, verifyLogAndPublished } from '../domain/verifyPublished.ts';
import { anchorFilePattern } from './fileAnchor.ts';

/** Newest anchored checkpoints that are looked at: at one in 10 s at most, those of a busy week. Each vouches for all before it. */
const maxAnchored = 60_000;

const anchorLineSchema = z.object({ note: z.string() });

interface Keys {
  readonly log: NoteVerifier;
  readonly witness: CosignatureVerifier;
}

/** Where checkpoints are remembered outside of the database. */
export interface Memory {
  /** The witness's store. */
  readonly witnessStoreFile: string;
  readonly anchorFolder: string;
}

/**
 * Verifies a log by itself and against what the witness and the anchors remember of it: only they show by themselves a tail cut off
 * with its checkpoints, an old backup, or a second history signed with the right key. Also each published checkpoint.
 * `log` must not have read anything yet, so that it sees everything that is remembered by then.
 */
export async function verifyAgainstMemory(
  log: StoredLog & PublishedLog,
  options: {
    readonly verifier: NoteVerifier;
    readonly witness: CosignatureVerifier;
    readonly memory: Memory;
    /** Checkpoints kept by whoever asks. */
    readonly earlier: readonly Checkpoint[];
  },
): Promise<Verdict> {
  const { verifier, witness, memory, earlier } = options;
  return await verdictOf(async () => {
    const remembered = await rememberedCheckpoints({ ...memory, keys: { log: verifier, witness } });
    return await verifyLogAndPublished(log, { verifier, witness, earlier: [...earlier, ...remembered] });
  });
}

/**
 * Checkpoints that are remembered outside of the database. They count only with the log's signature and the witness's cosignature.
 * @throws LogFaultError when the witness's store or an anchor is not signed by the keys given: either they were replaced, or it was.
 */
export async function rememberedCheckpoints(places: Memory & { readonly keys: Keys }): Promise<readonly Checkpoint[]> {
  const { keys, witnessStoreFile, anchorFolder } = places;
  const content = await readFile(witnessStoreFile, 'utf8');
  const witnessed = signedOrFault('what the witness remembers', () => openWitnessStore(content, keys));
  return [...(witnessed ? [witnessed] : []), ...(await anchoredCheckpoints(anchorFolder, keys))];
}

async function anchoredCheckpoints(folder: string, keys: Keys): Promise<Checkpoint[]> {
  const names = (await readdir(folder)).filter((name) => anchorFilePattern.test(name)).toSorted();
  const found: Checkpoint[] = [];
  for (const name of names.toReversed()) {
    const notes = await notesOf(join(folder, name), maxAnchored - found.length);
    found.push(...notes.map((note) => signedOrFault(`an anchor in ${name}`, () => openCosigned(note, keys))));
    if (found.length >= maxAnchored) break;
  }
  return found;
}

/** The newest notes of a file. */
async function notesOf(file: string, limit: number): Promise<string[]> {
  const notes: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const parsed = anchorLineSchema.safeParse(jsonOrUndefined(line));
    // A line that a power cut tore says nothing.
    if (parsed.success) notes.push(parsed.data.note);
    if (notes.length > limit) notes.shift();
  }
  return notes;
}

function openCosigned(note: string, { log, witness }: Keys): Checkpoint {
  cosignatureTime(note, witness);
  return openCheckpoint(note, log);
}

function signedOrFault<T>(what: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) {
      throw new LogFaultError('checkpoint-not-signed', 0, `${what} is not signed by the keys in use: ${error.message}`);
    }
    throw error;
  }
}
