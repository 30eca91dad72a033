import {
  appendToTiles,
  type BundleId,
  bundlePath,
  bundlesOfTree,
  type Checkpoint,
  CheckpointError,
  type CosignatureVerifier,
  cosignatureTime,
  decodeBundle,
  edgeTiles,
  emptyTiledFrontier,
  frontierFromTiles,
  hashBytes,
  hashesAtLevel,
  isSignedOnlyBy,
  leafHashOf,
  NoteError,
  type NoteVerifier,
  openCheckpoint,
  parseWitnessKey,
  rootOfFrontier,
  rootOfTile,
  splitTile,
  type TiledFrontier,
  TileError,
  type TileId,
  tilePath,
  tileWidth,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import type { LogFolder } from '../ports/logFolder.ts';
import { isCommitment } from './entry.ts';
import {
  bodiesFile,
  checkpointFile,
  decodeBodyLine,
  type IndexedBody,
  isInTree,
  keyFile,
  otherFiles,
  witnessKeyFile,
} from './logLayout.ts';
import { type Lookahead, lookaheadOf } from './verifyLog.ts';

/** What can be wrong with a log in a folder. README.md of the service says what each means. */
export type FolderFaultKind =
  | 'checkpoint-missing'
  | 'checkpoint-not-signed'
  | 'checkpoint-root-mismatch'
  | 'key-mismatch'
  | 'bundle-missing'
  | 'bundle-malformed'
  | 'leaf-hash-mismatch'
  | 'tile-missing'
  | 'tile-mismatch'
  | 'body-malformed'
  | 'body-mismatch'
  | 'body-unexpected'
  | 'file-unexpected'
  | 'history-truncated'
  | 'history-rewritten';

/** The first fault found; `index` is the first entry that may be wrong. */
export interface FolderFault {
  readonly kind: FolderFaultKind;
  readonly index: number;
  readonly detail: string;
}

/** What the verifier found. */
export type FolderVerdict =
  | { readonly ok: true; readonly size: number; readonly rootHash: Buffer }
  | { readonly ok: false; readonly fault: FolderFault };

type ReadableFolder = Pick<LogFolder, 'read' | 'lines' | 'paths'>;

/** Ends a verification at its first fault. */
class FolderFaultError extends Error {
  override readonly name = 'FolderFaultError';
  readonly fault: FolderFault;

  constructor(kind: FolderFaultKind, index: number, detail: string) {
    super(`${kind} at index ${index}: ${detail}`);
    this.fault = { kind, index, detail };
  }
}

/**
 * Verifies a log in a folder with nothing but the log's key, and the witness's if it is given or there: derives each tile from what is below it, from the bundles up to the
 * root that the checkpoint is signed for, and, where bodies are there, holds them against their leaves. No file may be missing or
 * left over. `earlier` are checkpoints kept from before, of which this log must be a continuation.
 * Holds one bundle in memory, however long the log is.
 */
export async function verifyFolder(
  folder: ReadableFolder,
  options: {
    readonly verifier: NoteVerifier;
    readonly witness?: CosignatureVerifier | undefined;
    readonly earlier?: readonly Checkpoint[] | undefined;
  },
): Promise<FolderVerdict> {
  try {
    const checkpoint = await signedCheckpoint(folder, options);
    const bodies = bodiesOf(folder);
    try {
      await deriveAndCompare(folder, checkpoint, { bodies: lookaheadOf(bodies), remembered: options.earlier ?? [] });
    } finally {
      // Closes the file, wherever the verification ended.
      await bodies.return();
    }
    return { ok: true, size: checkpoint.treeSize, rootHash: checkpoint.rootHash };
  } catch (error) {
    if (error instanceof FolderFaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}

async function signedCheckpoint(
  folder: ReadableFolder,
  keys: { readonly verifier: NoteVerifier; readonly witness?: CosignatureVerifier | undefined },
): Promise<Checkpoint> {
  const { verifier } = keys;
  await checkKeyFile(folder, keyFile, verifier);
  const witness = keys.witness ?? (await witnessIn(folder));
  if (witness) await checkKeyFile(folder, witnessKeyFile, witness);
  const note = await folder.read(checkpointFile);
  if (!note) throw new FolderFaultError('checkpoint-missing', 0, 'there is no checkpoint');
  try {
    return openFolderNote(note.toString(), verifier, witness);
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) {
      throw new FolderFaultError('checkpoint-not-signed', 0, error.message);
    }
    throw error;
  }
}

/** With the witness's key known, no signature line is left that nobody looks at. */
function openFolderNote(note: string, verifier: NoteVerifier, witness: CosignatureVerifier | undefined): Checkpoint {
  if (witness) {
    cosignatureTime(note, witness);
    if (!isSignedOnlyBy(note, [verifier, witness])) throw new NoteError('a signature is of an unknown key');
  }
  return openCheckpoint(note, verifier);
}

async function witnessIn(folder: ReadableFolder): Promise<CosignatureVerifier | undefined> {
  const key = await folder.read(witnessKeyFile);
  if (!key) return undefined;
  try {
    return parseWitnessKey(key.toString());
  } catch (error) {
    if (error instanceof NoteError)
      throw new FolderFaultError('key-mismatch', 0, `${witnessKeyFile}: ${error.message}`);
    throw error;
  }
}

/** A key file need not be there; if it is, it is the key that the log is verified with, to the byte. */
async function checkKeyFile(
  folder: ReadableFolder,
  file: string,
  key: NoteVerifier | CosignatureVerifier,
): Promise<void> {
  const stored = await folder.read(file);
  if (stored && !stored.equals(Buffer.from(`${verifierKeyOf(key)}\n`))) {
    throw new FolderFaultError('key-mismatch', 0, `${file} is not the key that the log is verified with`);
  }
}

async function deriveAndCompare(
  folder: ReadableFolder,
  checkpoint: Checkpoint,
  { bodies, remembered }: { readonly bodies: Lookahead<IndexedBody>; readonly remembered: readonly Checkpoint[] },
): Promise<void> {
  const size = checkpoint.treeSize;
  // The empty tree is a beginning of every log.
  const earlier = remembered.filter(({ treeSize }) => treeSize > 0).toSorted((a, b) => a.treeSize - b.treeSize);
  let frontier = emptyTiledFrontier;
  for (const bundle of bundlesOfTree(size)) {
    const leaves = await readBundle(folder, bundle);
    const leafHashes = leaves.map(leafHashOf);
    const first = bundle.index * tileWidth;
    await compareTile(folder, checkpoint, { tile: { level: 0, ...bundle }, derived: leafHashes });
    await checkBodies(bodies, first, leaves);
    for (let next = earlier[0]; next && next.treeSize <= first + bundle.width; next = earlier[0]) {
      compareWithEarlier(appendToTiles(frontier, leafHashes.slice(0, next.treeSize - first)).frontier, next);
      earlier.shift();
    }
    const appended = appendToTiles(frontier, leafHashes);
    for (const { level, index, hashes } of appended.tiles) {
      const tile = { level, index, width: tileWidth };
      if (level > 0) await compareTile(folder, checkpoint, { tile, derived: splitTile(hashes, tileWidth) });
    }
    frontier = appended.frontier;
  }
  for (const tile of edgeTiles(size).filter(({ level }) => level > 0)) {
    await compareTile(folder, checkpoint, { tile, derived: frontier.edge[tile.level] ?? [] });
  }
  if (!rootOfFrontier(frontier).equals(checkpoint.rootHash)) {
    throw new FolderFaultError('checkpoint-root-mismatch', 0, 'the checkpoint was signed over other entries');
  }
  const [longer] = earlier;
  if (longer) throw new FolderFaultError('history-truncated', size, `a kept checkpoint has size ${longer.treeSize}`);
  const surplus = await bodies.peek();
  if (surplus) throw new FolderFaultError('body-unexpected', surplus.index, 'there is no such entry');
  await checkForStrayFiles(folder, size);
}

async function readBundle(folder: ReadableFolder, bundle: BundleId): Promise<Buffer[]> {
  const path = bundlePath(bundle);
  const first = bundle.index * tileWidth;
  const bytes = await folder.read(path);
  if (!bytes) throw new FolderFaultError('bundle-missing', first, `there is no ${path}`);
  try {
    return decodeBundle(bytes, bundle.width);
  } catch (error) {
    if (error instanceof TileError) throw new FolderFaultError('bundle-malformed', first, `${path}: ${error.message}`);
    throw error;
  }
}

/** Holds a stored tile against the hashes that follow from what is below it. */
async function compareTile(
  folder: ReadableFolder,
  checkpoint: Checkpoint,
  { tile, derived }: { readonly tile: TileId; readonly derived: readonly Buffer[] },
): Promise<void> {
  const path = tilePath(tile);
  const entriesPerHash = tileWidth ** tile.level;
  const first = tile.index * tileWidth * entriesPerHash;
  const stored = await folder.read(path);
  if (!stored) throw new FolderFaultError('tile-missing', first, `there is no ${path}`);
  for (const [place, hash] of derived.entries()) {
    if (stored.subarray(place * hashBytes, (place + 1) * hashBytes).equals(hash)) continue;
    const index = first + place * entriesPerHash;
    // One of the two is wrong, and the tree above tells which.
    if (!(await isProven(folder, checkpoint, tile))) {
      throw new FolderFaultError('tile-mismatch', index, `hash ${place} of ${path} is not that of what is below it`);
    }
    const what = tile.level === 0 ? `entry ${index}` : `one of the entries ${index} to ${index + entriesPerHash - 1}`;
    throw new FolderFaultError('leaf-hash-mismatch', index, `${what} is not the one that the tree was signed over`);
  }
  if (stored.length !== derived.length * hashBytes) {
    throw new FolderFaultError('tile-mismatch', first, `${path} has ${stored.length} bytes`);
  }
}

/** True when the stored tile leads, by the stored tiles above it, to the root that is signed. */
async function isProven(folder: ReadableFolder, checkpoint: Checkpoint, tile: TileId): Promise<boolean> {
  if (tile.width < tileWidth) return await isEdgeProven(folder, checkpoint);
  const hashes = await readHashes(folder, tile);
  const level = tile.level + 1;
  const index = Math.floor(tile.index / tileWidth);
  const width = Math.min(tileWidth, hashesAtLevel(level, checkpoint.treeSize) - index * tileWidth);
  const above = await readHashes(folder, { level, index, width });
  if (!hashes || !above?.[tile.index % tileWidth]?.equals(rootOfTile(hashes))) return false;
  return await isProven(folder, checkpoint, { level, index, width });
}

async function isEdgeProven(folder: ReadableFolder, { treeSize, rootHash }: Checkpoint): Promise<boolean> {
  const tiles = new Map<TileId, Buffer>();
  for (const tile of edgeTiles(treeSize)) {
    const hashes = await readHashes(folder, tile);
    if (!hashes) return false;
    tiles.set(tile, Buffer.concat(hashes));
  }
  return rootOfFrontier(frontierFromTiles(treeSize, tiles)).equals(rootHash);
}

/** Undefined for a tile that is not there or too short or long. */
async function readHashes(folder: ReadableFolder, tile: TileId): Promise<Buffer[] | undefined> {
  const bytes = await folder.read(tilePath(tile));
  return bytes?.length === tile.width * hashBytes ? splitTile(bytes, tile.width) : undefined;
}

async function* bodiesOf(folder: ReadableFolder): AsyncGenerator<IndexedBody, void> {
  let next = 0;
  for await (const line of folder.lines(bodiesFile)) {
    const body = decodeBodyLine(line);
    if (!body || body.index < next) {
      throw new FolderFaultError('body-malformed', next, `a line of ${bodiesFile} is malformed or out of order`);
    }
    yield body;
    next = body.index + 1;
  }
}

/** Not each leaf has a body: they leave when their time is over. */
async function checkBodies(bodies: Lookahead<IndexedBody>, first: number, leaves: readonly Buffer[]): Promise<void> {
  for (let next = await bodies.peek(); next; next = await bodies.peek()) {
    const leaf = leaves[next.index - first];
    if (!leaf) return;
    if (!isCommitment(leaf, next.body)) {
      throw new FolderFaultError('body-mismatch', next.index, 'the leaf is of another body');
    }
    await bodies.take();
  }
}

function compareWithEarlier(frontier: TiledFrontier, earlier: Checkpoint): void {
  if (rootOfFrontier(frontier).equals(earlier.rootHash)) return;
  const detail = `the first ${earlier.treeSize} entries are not those of the kept checkpoint`;
  throw new FolderFaultError('history-rewritten', 0, detail);
}

async function checkForStrayFiles(folder: ReadableFolder, size: number): Promise<void> {
  for await (const path of folder.paths()) {
    if (otherFiles.includes(path) || isInTree(path, size)) continue;
    throw new FolderFaultError('file-unexpected', size, `${path} has no place in a log of ${size} entries`);
  }
}
