import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkInclusionProof } from '../src/proof/inclusionProof.ts';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafHash = (leaf: Buffer) => sha256(Buffer.of(0), leaf);

/** Largest power of two below `size`. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** Merkle tree hash by the recursive definition of RFC 6962 section 2.1. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) return sha256();
  if (leaves.length === 1) return leafHash(first);
  const k = split(leaves.length);
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

/** Audit path by the recursive definition of RFC 6962 section 2.1.1. */
function auditPath(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...auditPath(index, leaves.slice(0, k)), treeHash(leaves.slice(k))]
    : [...auditPath(index - k, leaves.slice(k)), treeHash(leaves.slice(0, k))];
}

function proofOf(index: number, leaves: readonly Buffer[]) {
  const leaf = leaves[index] ?? Buffer.alloc(0);
  const root = treeHash(leaves);
  return {
    index,
    treeSize: leaves.length,
    leaf: leaf.toString('base64'),
    body: null,
    leafHash: leafHash(leaf).toString('hex'),
    rootHash: root.toString('hex'),
    path: auditPath(index, leaves).map((hash) => hash.toString('hex')),
    checkpoint: `log.example\n${leaves.length}\n${root.toString('base64')}\n\n— log.example AAAA\n`,
  };
}

const logs = fc
  .array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 70 })
  .map((leaves) => leaves.map((leaf) => Buffer.from(leaf)))
  .chain((leaves) => fc.tuple(fc.constant(leaves), fc.nat({ max: leaves.length - 1 })));

describe('Inclusion proof in the browser (AUD-3)', () => {
  it('accepts the proof of every leaf of trees of any size', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async ([leaves, index]) => {
        assert.equal((await checkInclusionProof(proofOf(index, leaves))).isValid, true);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a proof with any bit changed in the entry, a path hash or the root', async () => {
    const leaves = Array.from({ length: 13 }, (_, n) => Buffer.from(`leaf ${n}`));
    const genuine = proofOf(6, leaves);
    const flip = (hex: string) => (hex.startsWith('0') ? `1${hex.slice(1)}` : `0${hex.slice(1)}`);
    const changed = [
      { ...genuine, leaf: Buffer.from('leaf x').toString('base64') },
      {
        ...genuine,
        leaf: Buffer.from('leaf x').toString('base64'),
        leafHash: leafHash(Buffer.from('leaf x')).toString('hex'),
      },
      ...genuine.path.map((_, n) => ({
        ...genuine,
        path: genuine.path.map((hash, m) => (n === m ? flip(hash) : hash)),
      })),
      { ...genuine, path: genuine.path.slice(1) },
      { ...genuine, path: [...genuine.path, genuine.rootHash] },
      { ...genuine, index: 7 },
      { ...genuine, treeSize: 14 },
      { ...genuine, index: 13 },
      { ...genuine, rootHash: flip(genuine.rootHash) },
      { ...genuine, checkpoint: proofOf(6, [...leaves, Buffer.from('more')]).checkpoint },
      { ...genuine, checkpoint: 'nonsense' },
    ];
    for (const proof of changed) assert.equal((await checkInclusionProof(proof)).isValid, false);
  });

  it('attack: refuses a body that is not the one that the leaf commits to', async () => {
    const body = Buffer.from('{"says":"this"}');
    const leaf = Buffer.from(`{"body":"${sha256(body).toString('hex')}","v":2}`);
    const proof = proofOf(0, [leaf, Buffer.from('other')]);
    assert.equal((await checkInclusionProof({ ...proof, body: body.toString('base64') })).isValid, true);
    const other = Buffer.from('{"says":"that"}').toString('base64');
    assert.equal((await checkInclusionProof({ ...proof, body: other })).isValid, false);
  });
});
