import { hashesOfNodes, hashOfRange, type LeafRange, nodesOfRange, tilesOfNodes } from '@todo-chatbot/transparency-log';
import type { LogReader } from '../ports/logReader.ts';

/** Hashes of ranges of a tree, in the order asked for; all tiles in one query. */
export async function hashesOfRanges(
  reader: Pick<LogReader, 'tiles'>,
  ranges: readonly LeafRange[],
  treeSize: number,
): Promise<Buffer[]> {
  const nodes = ranges.map(nodesOfRange);
  const tiles = await reader.tiles(tilesOfNodes(nodes.flat(), treeSize));
  const hashes = hashesOfNodes(nodes.flat(), tiles);
  return nodes.map(({ length }) => hashOfRange(hashes.splice(0, length)));
}
