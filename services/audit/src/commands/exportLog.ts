import {
  appendToTiles,
  bundlePath,
  type Checkpoint,
  CheckpointError,
  type CosignatureVerifier,
  cosignatureTime,
  edgeTiles,
  emptyTiledFrontier,
  encodeBundle,
  leafHashOf,
  NoteError,
  type NoteVerifier,
  openCheckpoint,
  rootOfFrontier,
  type SignedCheckpoint,
  type TiledFrontier,
  type TileId,
  tilePath,
  tileWidth,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import {
  bodiesFile,
  checkpointFile,
  encodeBodyLine,
  isInTree,
  isOfLog,
  keyFile,
  otherFiles,
  witnessKeyFile,
} from '../domain/logLayout.ts';
import type { LogFolder, LongFile } from '../ports/logFolder.ts';

/** A view of a log that does not change while it is exported. */
export interface ExportableLog {
  /** The tree that is exported. */
  readonly checkpoint: SignedCheckpoint;
  /** In the order of their index, as many as the checkpoint speaks of or more. */
  entries(): AsyncIterable<{ readonly index: number; readonly leaf: Buffer; readonly body: Buffer | null }>;
}

/** Thrown when a log is not exported: the folder holds something else, or the log contradicts its checkpoint or the folder. */
export class ExportRefusedError extends Error {
  override readonly name = 'ExportRefusedError';
}

/**
 * Writes a log to a folder in the layout of C2SP tlog-tiles, or extends an earlier export of the same log. All of it follows from
 * the entries and is held against the checkpoint and against what the folder had already; the checkpoint comes last, so the folder
 * speaks of the new tree only once it is there. `withBodies` adds what happened, for auditors. Throws ExportRefusedError.
 */
export async function exportLog(
  log: ExportableLog,
  folder: LogFolder,
  options: {
    readonly verifier: NoteVerifier;
    /** Whose key goes with the log once the checkpoint carries its cosignature. */
    readonly witness?: CosignatureVerifier | undefined;
    readonly withBodies: boolean;
  },
): Promise<Checkpoint> {
  const { verifier, witness, withBodies } = options;
  const earlier = await lookAround(folder, { verifier, withBodies });
  const { treeSize, rootHash, note } = log.checkpoint;
  if (earlier && earlier.treeSize > treeSize) {
    throw new ExportRefusedError(`the folder has ${earlier.treeSize} entries and the log only ${treeSize}`);
  }
  await put(folder, keyFile, Buffer.from(`${verifierKeyOf(verifier)}\n`));
  if (witness && isCosigned(note, witness)) {
    await put(folder, witnessKeyFile, Buffer.from(`${verifierKeyOf(witness)}\n`));
  }
  const bodies = withBodies ? await folder.begin(bodiesFile) : undefined;
  try {
    const frontier = await putTree(log, folder, { earlier, bodies });
    if (!rootOfFrontier(frontier).equals(rootHash)) {
      throw new ExportRefusedError('the entries are not those that the checkpoint was signed over: verify the log');
    }
    await bodies?.commit();
  } finally {
    await bodies?.close();
  }
  await folder.write(checkpointFile, Buffer.from(note));
  await removeFormerEdge(folder, treeSize);
  return { treeSize, rootHash };
}

function isCosigned(note: string, witness: CosignatureVerifier): boolean {
  try {
    cosignatureTime(note, witness);
    return true;
  } catch (error) {
    if (error instanceof NoteError) return false;
    throw error;
  }
}

/** Looks at what is in the folder; gives the checkpoint of an earlier export. */
async function lookAround(
  folder: LogFolder,
  { verifier, withBodies }: { readonly verifier: NoteVerifier; readonly withBodies: boolean },
): Promise<Checkpoint | undefined> {
  let isEmpty = true;
  for await (const path of folder.paths()) {
    isEmpty = false;
    if (!isOfLog(path)) throw new ExportRefusedError(`the folder holds ${path}, which is no part of a log`);
    if (path === bodiesFile && !withBodies)
      throw new ExportRefusedError(`the folder holds bodies: extend them with it`);
  }
  if (isEmpty) return undefined;
  if ((await folder.read(keyFile))?.toString() !== `${verifierKeyOf(verifier)}\n`) {
    throw new ExportRefusedError('the folder is not an export of this log: it has no key or another one');
  }
  const note = await folder.read(checkpointFile);
  // Without one, an export was broken off before it came so far.
  if (!note) return undefined;
  try {
    return openCheckpoint(note.toString(), verifier);
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) {
      throw new ExportRefusedError(`the checkpoint in the folder: ${error.message}`);
    }
    throw error;
  }
}

async function putTree(
  { checkpoint, entries }: ExportableLog,
  folder: LogFolder,
  { earlier, bodies }: { readonly earlier: Checkpoint | undefined; readonly bodies: LongFile | undefined },
): Promise<TiledFrontier> {
  const { treeSize } = checkpoint;
  let frontier = emptyTiledFrontier;
  let leaves: Buffer[] = [];

  async function putBundle(): Promise<void> {
    if (leaves.length === 0) return;
    const leafHashes = leaves.map(leafHashOf);
    const bundle = { index: frontier.size / tileWidth, width: leaves.length };
    await put(folder, bundlePath(bundle), encodeBundle(leaves));
    if (earlier) compareWithEarlier(frontier, leafHashes, earlier);
    const appended = appendToTiles(frontier, leafHashes);
    for (const { level, index, hashes } of appended.tiles) {
      await put(folder, tilePath({ level, index, width: tileWidth }), hashes);
    }
    frontier = appended.frontier;
    leaves = [];
  }

  for await (const { index, leaf, body } of entries()) {
    if (index >= treeSize) break;
    if (index !== frontier.size + leaves.length) throw new ExportRefusedError(`entry ${index} is out of place`);
    leaves.push(leaf);
    if (body) await bodies?.append(encodeBodyLine({ index, body }));
    if (leaves.length === tileWidth) await putBundle();
  }
  await putBundle();
  for (const tile of edgeTiles(treeSize)) await put(folder, tilePath(tile), hashesOfEdge(frontier, tile));
  return frontier;
}

/** The folder's tree must be the beginning of this one. */
function compareWithEarlier(frontier: TiledFrontier, leafHashes: readonly Buffer[], earlier: Checkpoint): void {
  const count = earlier.treeSize - frontier.size;
  if (count <= 0 || count > leafHashes.length) return;
  if (rootOfFrontier(appendToTiles(frontier, leafHashes.slice(0, count)).frontier).equals(earlier.rootHash)) return;
  throw new ExportRefusedError(`the log does not continue the ${earlier.treeSize} entries that the folder has`);
}

function hashesOfEdge({ size, edge }: TiledFrontier, { level, width }: TileId): Buffer {
  const hashes = edge[level] ?? [];
  if (hashes.length !== width) throw new ExportRefusedError(`the log has ${size} entries, less than its checkpoint`);
  return Buffer.concat(hashes);
}

/** What is there already must be the same: an export neither mends nor hides what somebody changed. */
async function put(folder: LogFolder, path: string, bytes: Buffer): Promise<void> {
  const stored = await folder.read(path);
  if (!stored) await folder.write(path, bytes);
  else if (!stored.equals(bytes)) throw new ExportRefusedError(`${path} in the folder is not what the log has`);
}

/** Partial tiles of the tree before, and what broken-off exports left. */
async function removeFormerEdge(folder: LogFolder, treeSize: number): Promise<void> {
  for await (const path of folder.paths()) {
    const stays = otherFiles.includes(path) || isInTree(path, treeSize);
    if (!stays && isOfLog(path)) await folder.remove(path);
  }
}
