import { appendLeaves, emptyFrontier, hashBytes, hashOfRange, type NodeId, rootHashOf } from './merkleTree.ts';

// C2SP tlog-tiles: https://c2sp.org/tlog-tiles

/** Hashes of a full tile, and entries of a full bundle. */
export const tileWidth = 256;
/** Levels of the tree that one tile stands for. */
const tileHeight = 8;
/** Longest entry of a bundle: its length is written in 16 bits. */
export const maxEntryBytes = 65_535;
/** Levels of tiles that a tree of at most 2^53 entries can have. */
const maxTileLevel = 6;

/** A tile: `width` hashes from `index * 256` on at tile level `level`; 256 of them when it is full. */
export interface TileId {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** A bundle of the entries from `index * 256` on. */
export interface BundleId {
  readonly index: number;
  readonly width: number;
}

/** Thrown for a tile or bundle that is malformed. */
export class TileError extends Error {
  override readonly name = 'TileError';
}

/** Hashes at a tile level: complete subtrees of 256^level entries. */
export function hashesAtLevel(level: number, treeSize: number): number {
  return Math.floor(treeSize / tileWidth ** level);
}

/** Every tile of a tree, level by level from the leaves, each in the order of its index. */
export function* tilesOfTree(treeSize: number): Generator<TileId> {
  for (let level = 0; hashesAtLevel(level, treeSize) > 0; level += 1) {
    for (const bundle of bundlesOf(hashesAtLevel(level, treeSize))) yield { level, ...bundle };
  }
}

/** Every bundle of a log, in order. */
export function bundlesOfTree(treeSize: number): Generator<BundleId> {
  return bundlesOf(treeSize);
}

function* bundlesOf(count: number): Generator<BundleId> {
  for (let index = 0; index * tileWidth < count; index += 1) yield { index, width: widthOf(index, count) };
}

function widthOf(index: number, count: number): number {
  return Math.min(tileWidth, count - index * tileWidth);
}

/** The partial tiles on the right edge of a tree, one of each level that has one. */
export function edgeTiles(treeSize: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; hashesAtLevel(level, treeSize) > 0; level += 1) {
    const count = hashesAtLevel(level, treeSize);
    const width = count % tileWidth;
    if (width > 0) tiles.push({ level, index: Math.floor(count / tileWidth), width });
  }
  return tiles;
}

/** Where a tile is served and stored, relative to the log: `tile/0/x001/234.p/8`. */
export function tilePath({ level, index, width }: TileId): string {
  return `tile/${level}/${indexPath(index)}${partialSuffix(width)}`;
}

/** Where a bundle is served and stored, relative to the log: `tile/entries/x001/234.p/8`. */
export function bundlePath({ index, width }: BundleId): string {
  return `tile/entries/${indexPath(index)}${partialSuffix(width)}`;
}

function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
}

function partialSuffix(width: number): string {
  return width === tileWidth ? '' : `.p/${width}`;
}

const pathPattern = /^tile\/(entries|[0-6])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** What a path names, or undefined when it is not the one spelling of a tile's or a bundle's path. */
export function parseTilePath(
  path: string,
):
  | { readonly tile: TileId; readonly bundle?: undefined }
  | { readonly bundle: BundleId; readonly tile?: undefined }
  | undefined {
  const [, kind, place = '', partial] = pathPattern.exec(path) ?? [];
  const index = Number(place.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? tileWidth : Number(partial);
  if (kind === undefined || !Number.isSafeInteger(index * tileWidth)) return undefined;
  if (kind === 'entries') {
    const bundle = { index, width };
    return bundlePath(bundle) === path ? { bundle } : undefined;
  }
  const tile = { level: Number(kind), index, width };
  return tile.level <= maxTileLevel && tilePath(tile) === path ? { tile } : undefined;
}

/** The hashes of a tile one by one. Throws TileError when there are not exactly `width`. */
export function splitTile(hashes: Buffer, width: number): Buffer[] {
  if (hashes.length !== width * hashBytes) throw new TileError(`the tile has ${hashes.length} bytes`);
  return Array.from({ length: width }, (_, place) => hashes.subarray(place * hashBytes, (place + 1) * hashBytes));
}

/** Hash of the subtree that a full tile stands for: one hash of the level above. */
export function rootOfTile(hashes: readonly Buffer[]): Buffer {
  return rootHashOf(appendLeaves(emptyFrontier, hashes));
}

/** Entries as a bundle: each after its length in 16 bits, big-endian. */
export function encodeBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > maxEntryBytes) throw new TileError('an entry is too long for a bundle');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** The entries of a bundle. Throws TileError when there are not exactly `width`, or bytes are left over. */
export function decodeBundle(bundle: Buffer, width: number): Buffer[] {
  const entries: Buffer[] = [];
  let place = 0;
  while (place < bundle.length) {
    const start = place + 2;
    const end = start <= bundle.length ? start + bundle.readUInt16BE(place) : Number.POSITIVE_INFINITY;
    if (end > bundle.length) throw new TileError(`the bundle ends in the middle of entry ${entries.length}`);
    entries.push(bundle.subarray(start, end));
    place = end;
  }
  if (entries.length !== width) throw new TileError(`the bundle has ${entries.length} entries`);
  return entries;
}

/** The part of a tile that a complete subtree is hashed from. */
function partOfNode({ level, index }: NodeId): {
  readonly tile: Omit<TileId, 'width'>;
  readonly from: number;
  readonly count: number;
} {
  const tileLevel = Math.floor(level / tileHeight);
  const count = 2 ** (level % tileHeight);
  const first = index * count;
  return { tile: { level: tileLevel, index: Math.floor(first / tileWidth) }, from: first % tileWidth, count };
}

/** The tiles that hold what the nodes are hashed from, each once and as wide as the tree has it. */
export function tilesOfNodes(nodes: readonly NodeId[], treeSize: number): TileId[] {
  const tiles = new Map<string, TileId>();
  for (const node of nodes) {
    const { tile } = partOfNode(node);
    tiles.set(keyOf(tile), { ...tile, width: widthOf(tile.index, hashesAtLevel(tile.level, treeSize)) });
  }
  return [...tiles.values()];
}

/** Hashes of nodes, in the order asked for, from the tiles that {@link tilesOfNodes} named. Throws TileError when one is missing. */
export function hashesOfNodes(nodes: readonly NodeId[], tiles: ReadonlyMap<TileId, Buffer>): Buffer[] {
  const byKey = new Map([...tiles].map(([tile, hashes]) => [keyOf(tile), splitTile(hashes, tile.width)]));
  return nodes.map((node) => {
    const { tile, from, count } = partOfNode(node);
    const hashes = byKey.get(keyOf(tile))?.slice(from, from + count);
    if (hashes?.length !== count)
      throw new TileError(`tile ${tile.level}/${tile.index} does not hold node ${node.level}/${node.index}`);
    return hashOfRange(appendLeaves(emptyFrontier, hashes).peaks);
  });
}

function keyOf({ level, index }: Omit<TileId, 'width'>): string {
  return `${level}/${index}`;
}
