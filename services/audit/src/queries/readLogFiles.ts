import { ProblemError } from '@todo-chatbot/service-kit';
import { type BundleId, encodeBundle, hashesAtLevel, type TileId, tileWidth } from '@todo-chatbot/transparency-log';
import { isPublicLeaf } from '../domain/entry.ts';
import type { LogReader } from '../ports/logReader.ts';

/**
 * A tile as C2SP tlog-tiles serves it, of any width that the tree of the newest checkpoint has: what is not signed for yet is not
 * shown. @throws ProblemError `audit.tile-not-found`.
 */
export async function readTile(reader: LogReader, tile: TileId): Promise<Buffer> {
  await assertInTree(reader, tile);
  const hashes = (await reader.tiles([tile])).get(tile);
  if (!hashes) throw new Error('the log has less than its checkpoint says');
  return hashes;
}

/**
 * A bundle of leaves, as {@link readTile} does with tiles. One with leaves of version 1, which say what happened, is not shown: bodies
 * are for those who may read them. @throws ProblemError `audit.tile-not-found`.
 */
export async function readBundle(reader: LogReader, bundle: BundleId): Promise<Buffer> {
  await assertInTree(reader, { level: 0, ...bundle });
  const leaves = await reader.leaves(bundle);
  if (leaves.length !== bundle.width) throw new Error('the log has less than its checkpoint says');
  if (!leaves.every(isPublicLeaf)) throw new ProblemError('audit.tile-not-found');
  return encodeBundle(leaves);
}

async function assertInTree(reader: LogReader, { level, index, width }: TileId): Promise<void> {
  const treeSize = (await reader.checkpoint())?.treeSize ?? 0;
  if (index * tileWidth + width > hashesAtLevel(level, treeSize)) throw new ProblemError('audit.tile-not-found');
}
