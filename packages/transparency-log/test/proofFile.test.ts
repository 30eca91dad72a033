import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { signCheckpoint } from '../src/checkpoint.ts';
import { hashesOfNodes, tilesOfNodes, tileWidth } from '../src/index.ts';
import { hashOfRange, inclusionRanges, leafHashOf, nodesOfRange } from '../src/merkleTree.ts';
import { decodeProof, encodeProof, type LogProof, ProofError, verifyProof } from '../src/proofFile.ts';
import { createNoteSigner } from '../src/signedNote.ts';
import { appendToTiles, emptyTiledFrontier, rootOfFrontier } from '../src/tiledTree.ts';

const signer = createNoteSigner('log.example/test', generateKeyPairSync('ed25519').privateKey);
const other = createNoteSigner('log.example/test', generateKeyPairSync('ed25519').privateKey);

const leafHashAt = (index: number) => leafHashOf(Buffer.from(`entry ${index}`));

/** A true proof from a tree of at most 256 entries. */
function proofOf(index: number, treeSize: number, extra?: Buffer): LogProof {
  assert.ok(treeSize <= tileWidth);
  const leafHashes = Array.from({ length: treeSize }, (_, at) => leafHashAt(at));
  const rootHash = rootOfFrontier(appendToTiles(emptyTiledFrontier, leafHashes).frontier);
  const path = inclusionRanges(index, treeSize).map((range) => {
    const nodes = nodesOfRange(range);
    const tiles = tilesOfNodes(nodes, treeSize);
    return hashOfRange(hashesOfNodes(nodes, new Map(tiles.map((tile) => [tile, Buffer.concat(leafHashes)]))));
  });
  const checkpoint = signCheckpoint({ treeSize, rootHash }, signer);
  return { index, path, checkpoint, ...(extra === undefined ? {} : { extra }) };
}

describe('proofs that a person keeps (C2SP tlog-proof)', () => {
  it('is the text that the standard shows', () => {
    const path = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const checkpoint = 'log.example\n4\nroot\n\n\u2014 log.example AAAA\n';
    assert.equal(
      encodeProof({ index: 2, path, checkpoint, extra: Buffer.from('more') }),
      [
        'c2sp.org/tlog-proof@v1',
        'extra bW9yZQ==',
        'index 2',
        'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
        'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=',
        '',
        'log.example',
        '4',
        'root',
        '',
        '\u2014 log.example AAAA',
        '',
      ].join('\n'),
    );
  });

  it('reads what it writes, and the proof holds, for any entry of a tree of any size', () => {
    const entries = fc.integer({ min: 1, max: 200 }).chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));
    fc.assert(
      fc.property(entries, fc.option(fc.uint8Array({ minLength: 1 }), { nil: undefined }), ([index, size], extra) => {
        const proof = proofOf(index, size, extra === undefined ? undefined : Buffer.from(extra));
        const read = decodeProof(encodeProof(proof));
        assert.deepEqual(read, proof);
        assert.equal(verifyProof(read, { leafHash: leafHashAt(index), verifier: signer }).treeSize, size);
      }),
    );
  });

  it('attack: a flip of any bit in the file is refused (AUD-3)', () => {
    const text = Buffer.from(encodeProof(proofOf(5, 11)));
    for (let bit = 0; bit < text.length * 8; bit += 1) {
      const flipped = Buffer.from(text);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      assert.throws(
        () => verifyProof(decodeProof(flipped.toString()), { leafHash: leafHashAt(5), verifier: signer }),
        `bit ${bit}`,
      );
    }
  });

  it("attack: another entry, another place, another tree's path, another log's key are refused (AUD-3)", () => {
    const proof = proofOf(5, 11);
    const leafHash = leafHashAt(5);
    verifyProof(proof, { leafHash, verifier: signer });
    assert.throws(() => verifyProof(proof, { leafHash: leafHashAt(6), verifier: signer }), ProofError);
    assert.throws(() => verifyProof({ ...proof, index: 4 }, { leafHash, verifier: signer }), ProofError);
    assert.throws(() => verifyProof({ ...proof, index: 11 }, { leafHash, verifier: signer }), ProofError);
    assert.throws(
      () => verifyProof({ ...proof, path: proofOf(5, 12).path }, { leafHash, verifier: signer }),
      ProofError,
    );
    assert.throws(
      () => verifyProof({ ...proof, path: proof.path.slice(1) }, { leafHash, verifier: signer }),
      ProofError,
    );
    assert.throws(() => verifyProof(proof, { leafHash, verifier: other }), { name: 'NoteError' });
  });

  it('refuses what is no proof', () => {
    const good = encodeProof(proofOf(5, 11, Buffer.from('more')));
    for (const bad of [
      '',
      'c2sp.org/tlog-proof@v1',
      good.replace('@v1', '@v2'),
      good.replace('index 5', 'index 05'),
      good.replace('index 5', 'index -5'),
      good.replace('index 5', 'index 9007199254740993'),
      good.replace('index 5\n', ''),
      good.replace('extra bW9yZQ==', 'extra bW9yZR=='),
      good.replace('extra bW9yZQ==', 'extra '),
      good.replace('extra bW9yZQ==', 'Extra bW9yZQ=='),
      good.replace('extra bW9yZQ==\nindex 5', 'index 5\nextra bW9yZQ=='),
      good.replace('index 5', `index 5\n${Array(64).fill(Buffer.alloc(32).toString('base64')).join('\n')}`),
      good.replace('extra bW9yZQ==', `extra ${'A'.repeat(512 * 1024)}`),
      good.replaceAll('\n', '\r\n'),
      `\n${good}`,
    ]) {
      assert.throws(() => decodeProof(bad), ProofError, bad.slice(0, 60));
    }
  });
});
