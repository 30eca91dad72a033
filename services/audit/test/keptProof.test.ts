import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  appendToTiles,
  emptyTiledFrontier,
  encodeProof,
  ProofError,
  rootOfFrontier,
  signCheckpoint,
} from '@todo-chatbot/transparency-log';
import { encodeEntry } from '../src/domain/entry.ts';
import { verifyKeptProof } from '../src/domain/keptProof.ts';
import { auditEvent, newSigner } from './support.ts';

const signer = newSigner();
const [first, entry, stranger] = [
  encodeEntry(auditEvent({})),
  encodeEntry(auditEvent({})),
  encodeEntry(auditEvent({})),
];

/** The proof of the second entry of a log of two, as the API makes it. */
function proofFile(extra: object): string {
  const { frontier } = appendToTiles(emptyTiledFrontier, [first.leafHash, entry.leafHash]);
  const checkpoint = signCheckpoint({ treeSize: 2, rootHash: rootOfFrontier(frontier) }, signer);
  return encodeProof({ index: 1, path: [first.leafHash], checkpoint, extra: Buffer.from(JSON.stringify(extra)) });
}

const leaf = entry.leaf.toString('base64');
const body = entry.body.toString('base64');

describe('a proof that a person kept', () => {
  it('proves what happened with nothing but the key of the log (AUD-3)', () => {
    const proven = verifyKeptProof(proofFile({ leaf, body }), signer);
    assert.deepEqual([proven.index, proven.leaf, proven.body], [1, entry.leaf, entry.body]);
    assert.equal(proven.checkpoint.treeSize, 2);
  });

  it('still proves the leaf once the body was removed (AUD-4)', () => {
    assert.equal(verifyKeptProof(proofFile({ leaf, body: null }), signer).body, null);
  });

  it('attack: a flip of any bit, of entry and body too, is refused (AUD-3)', () => {
    const text = Buffer.from(proofFile({ leaf, body }));
    for (let bit = 0; bit < text.length * 8; bit += 1) {
      const flipped = Buffer.from(text);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      assert.throws(() => verifyKeptProof(flipped.toString(), signer), `bit ${bit}`);
    }
  });

  it('attack: another entry or another body in its place is refused (AUD-3)', () => {
    const other = { leaf: stranger.leaf.toString('base64'), body: stranger.body.toString('base64') };
    for (const extra of [
      other,
      { leaf, body: other.body },
      { leaf: other.leaf, body },
      { leaf: body, body },
      { leaf, body: leaf },
    ]) {
      assert.throws(() => verifyKeptProof(proofFile(extra), signer), ProofError);
    }
  });

  it('refuses a file that does not carry its entry, or more than it', () => {
    for (const extra of [{}, { leaf }, { body }, { leaf, body, more: 1 }, { body, leaf }, [leaf, body]]) {
      assert.throws(() => verifyKeptProof(proofFile(extra), signer), ProofError);
    }
    assert.throws(() => verifyKeptProof(proofFile({ leaf, body }).replace(/^extra .*\n/m, ''), signer), ProofError);
  });
});
