import { appendLeaves, emptyFrontier, rootHashOf } from './merkleTree.ts';
import { edgeTiles, rootOfTile, splitTile, type TileId, tileWidth } from './tiles.ts';

/**
 * The right edge of a tree that is kept in tiles: at place `level` the hashes of the partial tile of that level. All that is needed
 * to append.
 */
export interface TiledFrontier {
  readonly size: number;
  readonly edge: readonly (readonly Buffer[])[];
}

/** A full tile and the hash of the subtree that it stands for, which is a hash of the tile above. It never changes. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  /** 256 hashes. */
  readonly hashes: Buffer;
  readonly rootHash: Buffer;
}

/** The tree without entries. */
export const emptyTiledFrontier: TiledFrontier = { size: 0, edge: [] };

/** Appends leaves; `tiles` are the full tiles that they complete, each before the one above it. */
export function appendToTiles(
  frontier: TiledFrontier,
  leafHashes: readonly Buffer[],
): { readonly frontier: TiledFrontier; readonly tiles: readonly FullTile[] } {
  const edge = frontier.edge.map((hashes) => [...hashes]);
  const tiles: FullTile[] = [];
  let size = frontier.size;
  for (const leafHash of leafHashes) {
    size += 1;
    let hash = leafHash;
    // `count` is how many hashes the level has once this one is there.
    for (let level = 0, count = size; ; level += 1, count /= tileWidth) {
      const hashes = edge[level] ?? [];
      edge[level] = hashes;
      hashes.push(hash);
      if (hashes.length < tileWidth) break;
      hash = rootOfTile(hashes);
      tiles.push({ level, index: count / tileWidth - 1, hashes: Buffer.concat(hashes), rootHash: hash });
      edge[level] = [];
    }
  }
  return { frontier: { size, edge }, tiles };
}

/** The Merkle tree hash of the whole tree (RFC 6962 section 2.1). */
export function rootOfFrontier({ size, edge }: TiledFrontier): Buffer {
  // A partial tile is a run of perfect subtrees, and those of a higher level stand to the left.
  const peaks = edge.toReversed().flatMap((hashes) => appendLeaves(emptyFrontier, hashes).peaks);
  return rootHashOf({ size, peaks });
}

/** The frontier of a tree from its partial tiles, those of {@link edgeTiles}. Throws TileError when one has a wrong length. */
export function frontierFromTiles(size: number, tiles: ReadonlyMap<TileId, Buffer>): TiledFrontier {
  const edge: (readonly Buffer[])[] = [];
  for (const [{ level, width }, hashes] of tiles) edge[level] = splitTile(hashes, width);
  const levels = Math.max(0, ...edgeTiles(size).map(({ level }) => level + 1));
  return { size, edge: Array.from({ length: levels }, (_, level) => edge[level] ?? []) };
}
