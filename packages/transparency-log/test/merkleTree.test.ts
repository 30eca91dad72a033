import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  consistencyRanges,
  hashBytes,
  hashOfRange,
  inclusionRanges,
  type LeafRange,
  leafHashOf,
  nodesOfRange,
  verifyConsistency,
  verifyInclusion,
} from '../src/merkleTree.ts';
import { appendToTiles, emptyTiledFrontier, rootOfFrontier } from '../src/tiledTree.ts';
import { hashesOfNodes, type TileId, tilesOfNodes, tileWidth } from '../src/tiles.ts';

// The eight leaves of the certificate-transparency project's tests of RFC 6962, with the roots of the trees over them.
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** RFC 6962 section 2.1 word for word, on the raw leaves: shares no code with the implementation. */
function naiveRoot(data: readonly Buffer[]): Buffer {
  const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [first] = data;
  if (!first) return sha256();
  if (data.length === 1) return sha256(Buffer.of(0), first);
  const k = splitOf(data.length);
  return sha256(Buffer.of(1), naiveRoot(data.slice(0, k)), naiveRoot(data.slice(k)));
}

/** PATH of RFC 6962 section 2.1.1. */
function naivePath(m: number, data: readonly Buffer[]): Buffer[] {
  if (data.length <= 1) return [];
  const k = splitOf(data.length);
  return m < k
    ? [...naivePath(m, data.slice(0, k)), naiveRoot(data.slice(k))]
    : [...naivePath(m - k, data.slice(k)), naiveRoot(data.slice(0, k))];
}

/** SUBPROOF of RFC 6962 section 2.1.2. */
function naiveSubproof(m: number, data: readonly Buffer[], isWhole: boolean): Buffer[] {
  if (m === data.length) return isWhole ? [] : [naiveRoot(data)];
  const k = splitOf(data.length);
  return m <= k
    ? [...naiveSubproof(m, data.slice(0, k), isWhole), naiveRoot(data.slice(k))]
    : [...naiveSubproof(m - k, data.slice(k), false), naiveRoot(data.slice(0, k))];
}

function splitOf(length: number): number {
  let k = 1;
  while (k * 2 < length) k *= 2;
  return k;
}

/** Builds a tree of tiles in the given portions and answers for the hash of any range. */
function treeOf(data: readonly Buffer[], portion = data.length || 1) {
  const full = new Map<string, Buffer>();
  let frontier = emptyTiledFrontier;
  for (let from = 0; from < data.length; from += portion) {
    const appended = appendToTiles(frontier, data.slice(from, from + portion).map(leafHashOf));
    for (const tile of appended.tiles) full.set(`${tile.level}/${tile.index}`, tile.hashes);
    frontier = appended.frontier;
  }
  const hashesOf = ({ level, index, width }: TileId) =>
    full.get(`${level}/${index}`)?.subarray(0, width * hashBytes) ??
    Buffer.concat((frontier.edge[level] ?? []).slice(0, width));
  const hashOf = (range: LeafRange) => {
    const nodes = nodesOfRange(range);
    const tiles = tilesOfNodes(nodes, frontier.size).map((tile) => [tile, hashesOf(tile)] as const);
    return hashOfRange(hashesOfNodes(nodes, new Map(tiles)));
  };
  return { frontier, full, hashesOf, root: rootOfFrontier(frontier), hashOf };
}

const dataOf = (size: number) => Array.from({ length: size }, (_, index) => Buffer.from(`leaf ${index}`));

const sizePair = fc
  .tuple(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 150 }))
  .map(([a, b]) => ({ smaller: Math.min(a, b), larger: Math.max(a, b) }));

function withFlippedBit(buffer: Buffer, bit: number): Buffer {
  const copy = Buffer.from(buffer);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

describe('the Merkle tree (AUD-3)', () => {
  it('gives the published roots for the eight leaves of the RFC 6962 tests', () => {
    roots.forEach((root, size) => {
      assert.equal(treeOf(leaves.slice(0, size)).root.toString('hex'), root);
    });
  });

  it('gives the published audit paths', () => {
    const tree = treeOf(leaves);
    const pathOf = (index: number, size: number) =>
      inclusionRanges(index, size).map((range) => tree.hashOf(range).toString('hex'));
    assert.deepEqual(pathOf(0, 1), []);
    assert.deepEqual(pathOf(0, 8), [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    assert.deepEqual(pathOf(5, 8), [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    assert.deepEqual(pathOf(2, 3), ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']);
  });

  it('gives the published consistency proofs', () => {
    const tree = treeOf(leaves);
    const proofOf = (earlier: number, later: number) =>
      consistencyRanges(earlier, later).map((range) => tree.hashOf(range).toString('hex'));
    assert.deepEqual(proofOf(1, 1), []);
    assert.deepEqual(proofOf(6, 8), [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    assert.deepEqual(proofOf(2, 5), [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });

  it('has the same root and tiles however the leaves are cut into batches', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 300 }), (size, portion) => {
        const data = dataOf(size);
        const tree = treeOf(data, portion);
        assert.deepEqual(tree.root, naiveRoot(data));
        assert.deepEqual(tree.full, treeOf(data).full);
        assert.equal(tree.full.size, Math.floor(size / tileWidth));
      }),
      { numRuns: 30 },
    );
  });

  it('agrees with the recursive definition on every audit path, and the verifier accepts it', () => {
    fc.assert(
      fc.property(sizePair, ({ smaller, larger: treeSize }) => {
        const index = smaller - 1;
        const data = dataOf(treeSize);
        const tree = treeOf(data);
        const path = inclusionRanges(index, treeSize).map(tree.hashOf);
        assert.deepEqual(path, naivePath(index, data));
        const leafHash = leafHashOf(data[index] ?? Buffer.alloc(0));
        assert.ok(verifyInclusion({ index, treeSize, leafHash, rootHash: tree.root, path }));
      }),
    );
  });

  it('agrees with the recursive definition on every consistency proof, and the verifier accepts it', () => {
    fc.assert(
      fc.property(sizePair, ({ smaller: earlierSize, larger: laterSize }) => {
        const data = dataOf(laterSize);
        const tree = treeOf(data);
        const path = consistencyRanges(earlierSize, laterSize).map(tree.hashOf);
        assert.deepEqual(path, naiveSubproof(earlierSize, data, true));
        const earlierRoot = naiveRoot(data.slice(0, earlierSize));
        assert.ok(verifyConsistency({ earlierSize, laterSize, earlierRoot, laterRoot: tree.root, path }));
      }),
    );
  });

  it('serves proofs for an earlier size from the nodes of a later tree', () => {
    const data = dataOf(100);
    const tree = treeOf(data);
    for (let treeSize = 1; treeSize <= 100; treeSize += 1) {
      assert.deepEqual(tree.hashOf({ start: 0, end: treeSize }), naiveRoot(data.slice(0, treeSize)));
    }
  });

  it('refuses an inclusion proof with any bit flipped, a hash dropped, added or swapped, or another place', () => {
    fc.assert(
      fc.property(
        sizePair.filter(({ larger }) => larger > 1),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        ({ smaller, larger: treeSize }, which, bit) => {
          const index = smaller - 1;
          const data = dataOf(treeSize);
          const tree = treeOf(data);
          const path = inclusionRanges(index, treeSize).map(tree.hashOf);
          const leafHash = leafHashOf(data[index] ?? Buffer.alloc(0));
          const proof = { index, treeSize, leafHash, rootHash: tree.root, path };
          const place = which % path.length;
          const flipped = path.map((hash, at) => (at === place ? withFlippedBit(hash, bit) : hash));
          assert.ok(!verifyInclusion({ ...proof, path: flipped }));
          assert.ok(!verifyInclusion({ ...proof, path: path.toSpliced(place, 1) }));
          assert.ok(!verifyInclusion({ ...proof, path: [...path, leafHash] }));
          assert.ok(!verifyInclusion({ ...proof, leafHash: withFlippedBit(leafHash, bit) }));
          assert.ok(!verifyInclusion({ ...proof, rootHash: withFlippedBit(tree.root, bit) }));
          assert.ok(!verifyInclusion({ ...proof, index: (index + 1) % treeSize }));
          assert.ok(!verifyInclusion({ ...proof, index: treeSize }));
          if (path.length > 1) assert.ok(!verifyInclusion({ ...proof, path: path.toReversed() }));
        },
      ),
    );
  });

  it('refuses a consistency proof with any bit flipped or a hash dropped, and one between forked histories', () => {
    fc.assert(
      fc.property(
        sizePair.filter(({ smaller, larger }) => smaller < larger),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        ({ smaller: earlierSize, larger: laterSize }, which, bit) => {
          const data = dataOf(laterSize);
          const tree = treeOf(data);
          const path = consistencyRanges(earlierSize, laterSize).map(tree.hashOf);
          const earlierRoot = naiveRoot(data.slice(0, earlierSize));
          const proof = { earlierSize, laterSize, earlierRoot, laterRoot: tree.root, path };
          const place = which % path.length;
          const flipped = path.map((hash, at) => (at === place ? withFlippedBit(hash, bit) : hash));
          assert.ok(!verifyConsistency({ ...proof, path: flipped }));
          assert.ok(!verifyConsistency({ ...proof, path: path.toSpliced(place, 1) }));
          assert.ok(!verifyConsistency({ ...proof, earlierRoot: withFlippedBit(earlierRoot, bit) }));
          assert.ok(!verifyConsistency({ ...proof, laterRoot: withFlippedBit(tree.root, bit) }));
          const forked = treeOf(data.with(which % earlierSize, Buffer.from('another history')));
          const forkedPath = consistencyRanges(earlierSize, laterSize).map(forked.hashOf);
          assert.ok(!verifyConsistency({ ...proof, laterRoot: forked.root, path: forkedPath }));
        },
      ),
    );
  });

  it('computes places beyond 32 bits and at the edge of what a number can hold', () => {
    for (const treeSize of [2 ** 33 + 5, 2 ** 49 - 1, 2 ** 52 + 1, Number.MAX_SAFE_INTEGER]) {
      const ranges = inclusionRanges(treeSize - 1, treeSize);
      const covered = ranges.flatMap(nodesOfRange).reduce((sum, { level }) => sum + 2 ** level, 1);
      assert.equal(covered, treeSize);
      assert.ok(ranges.length <= 53);
    }
  });
});
