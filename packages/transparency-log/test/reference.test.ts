import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { askReference, type TreeQuestion } from '../../../tests/support/reference.ts';
import {
  appendToTiles,
  consistencyRanges,
  edgeTiles,
  emptyTiledFrontier,
  frontierFromTiles,
  hashesOfNodes,
  hashOfRange,
  inclusionRanges,
  type LeafRange,
  leafHashOf,
  nodesOfRange,
  rootOfFrontier,
  type TileId,
  tilesOfNodes,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts';

/** One more level of tiles than 65,536 leaves have. */
const largestSize = 70_000;

const leafHashes = Array.from({ length: largestSize }, (_, index) => leafHashOf(Buffer.from(`leaf ${index}`)));
/** At place `level` all hashes that tiles of that level hold. */
const levels: Buffer[][] = [leafHashes, [], []];
for (const { level, rootHash } of appendToTiles(emptyTiledFrontier, leafHashes).tiles)
  levels[level + 1]?.push(rootHash);

function tilesOf(ids: readonly TileId[]): Map<TileId, Buffer> {
  const hashesOf = ({ level, index, width }: TileId) =>
    levels[level]?.slice(index * tileWidth, index * tileWidth + width) ?? [];
  return new Map(ids.map((id) => [id, Buffer.concat(hashesOf(id))]));
}

function rootOf(size: number): Buffer {
  return rootOfFrontier(frontierFromTiles(size, tilesOf(edgeTiles(size))));
}

function pathOf(ranges: readonly LeafRange[], size: number): string[] {
  return ranges.map((range) => {
    const nodes = nodesOfRange(range);
    return hashOfRange(hashesOfNodes(nodes, tilesOf(tilesOfNodes(nodes, size)))).toString('base64');
  });
}

const bytesOf = (path: readonly string[]) => path.map((hash) => Buffer.from(hash, 'base64'));

/** What we say of the claims of a question. */
function judge({ size, index, from, claimedIndex, claimedSize, inclusion, consistency }: TreeQuestion) {
  const [rootHash, earlierRoot] = [rootOf(size), rootOf(from)];
  return {
    includes: verifyInclusion({
      index: claimedIndex,
      treeSize: claimedSize,
      leafHash: leafHashes[index] ?? assert.fail(),
      rootHash,
      path: bytesOf(inclusion),
    }),
    isExtended: verifyConsistency({
      earlierSize: from,
      laterSize: claimedSize,
      earlierRoot,
      laterRoot: rootHash,
      path: bytesOf(consistency),
    }),
  };
}

function questionOf(size: number, index: number, from: number): TreeQuestion {
  return {
    ...{ size, index, from, claimedIndex: index, claimedSize: size },
    inclusion: pathOf(inclusionRanges(index, size), size),
    consistency: pathOf(consistencyRanges(from, size), size),
  };
}

const questionsUpTo = (limit: number) =>
  fc
    .integer({ min: 1, max: limit })
    .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.integer({ min: 1, max: size })))
    .map(([size, index, from]) => questionOf(size, index, from));

describe('the tree and its proofs against github.com/transparency-dev/merkle (AUD-3)', () => {
  async function assertSame(questions: readonly TreeQuestion[]): Promise<void> {
    for (const [place, answer] of (await askReference(questions)).entries()) {
      const question = questions[place] ?? assert.fail();
      const about = `size ${question.size}, index ${question.index}, from ${question.from}`;
      assert.equal(rootOf(question.size).toString('base64'), answer.root, about);
      assert.deepEqual(question.inclusion, answer.inclusion, about);
      assert.deepEqual(question.consistency, answer.consistency, about);
      assert.deepEqual([answer.includes, answer.isExtended], [true, true], `they accept ours: ${about}`);
      const { inclusion, consistency } = answer;
      assert.deepEqual(judge({ ...question, inclusion, consistency }), { includes: true, isExtended: true }, about);
    }
  }

  it('every entry of every small tree, from every size before', async () => {
    const sizes = Array.from({ length: 20 }, (_, before) => before + 1);
    await assertSame(
      sizes.flatMap((size) =>
        sizes.slice(0, size).flatMap((from) => sizes.slice(0, size).map((after) => questionOf(size, after - 1, from))),
      ),
    );
  });

  it('any entry of any tree, in proofs of ours and of theirs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(questionsUpTo(3_000), { minLength: 50, maxLength: 50 }), (questions) =>
        assertSame(questions),
      ),
      { numRuns: 5 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(questionsUpTo(largestSize), { minLength: 50, maxLength: 50 }), (questions) =>
        assertSame(questions),
      ),
      { numRuns: 2 },
    );
  });

  it('where a level of tiles begins', async () => {
    const borders = [255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_792, 65_793, largestSize];
    await assertSame(
      borders.flatMap((size) =>
        borders
          .filter((from) => from <= size)
          .flatMap((from) => [0, from - 1, size - 1].map((index) => questionOf(size, index, from))),
      ),
    );
  });

  it('attack: of forged claims both say the same', async () => {
    const forged = fc
      .tuple(questionsUpTo(600), fc.nat(5), fc.nat(10), fc.nat(600), fc.integer({ min: 1, max: 600 }))
      .map(([question, kind, place, index, size]): TreeQuestion => {
        const change = (path: readonly string[]) => forgePath(path, kind, place % (path.length + 1));
        return {
          ...question,
          inclusion: change(question.inclusion),
          consistency: change(question.consistency),
          ...(kind === 4 ? { claimedIndex: index } : {}),
          ...(kind === 5 ? { claimedSize: size } : {}),
        };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(forged, { minLength: 200, maxLength: 200 }), async (questions) => {
        for (const [place, { includes, isExtended }] of (await askReference(questions)).entries()) {
          const question = questions[place] ?? assert.fail();
          assert.deepEqual(judge(question), { includes, isExtended }, JSON.stringify(question));
        }
      }),
      { numRuns: 5 },
    );
  });
});

/** 0: a hash is gone; 1: it comes twice; 2: a bit is flipped; 3: two change places; otherwise nothing. */
function forgePath(path: readonly string[], kind: number, place: number): string[] {
  const hashes = bytesOf(path);
  const hash = hashes[place] ?? Buffer.alloc(32, 7);
  switch (kind) {
    case 0:
      hashes.splice(place, 1);
      break;
    case 1:
      hashes.splice(place, 0, hash);
      break;
    case 2:
      hash.writeUInt8(hash.readUInt8(3) ^ 1, 3);
      break;
    case 3:
      hashes.push(...hashes.splice(place, 1));
      break;
  }
  return hashes.map((one) => one.toString('base64'));
}
