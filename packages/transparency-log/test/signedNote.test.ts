import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { CheckpointError, openCheckpoint, signCheckpoint } from '../src/checkpoint.ts';
import { createNoteSigner, NoteError, openNote, parseVerifierKey, signNote, verifierKeyOf } from '../src/signedNote.ts';

// The example of the package golang.org/x/mod/sumdb/note, from which the C2SP standard was written. The key is public knowledge.
const neumann = {
  verifierKey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  seed: Buffer.from('gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=', 'base64'),
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature:
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

function privateKeyOfSeed(seed: Buffer) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function newSigner(name = 'log.example/test') {
  return createNoteSigner(name, generateKeyPairSync('ed25519').privateKey);
}

describe('signed notes (C2SP signed-note)', () => {
  it('reads the verifier key and the note of the Go package', () => {
    const verifier = parseVerifierKey(neumann.verifierKey);
    assert.equal(openNote(`${neumann.text}\n${neumann.signature}`, verifier), neumann.text);
    assert.equal(verifierKeyOf(verifier), neumann.verifierKey);
  });

  it('writes, byte for byte, the note that the Go package writes', () => {
    const signer = createNoteSigner('PeterNeumann', privateKeyOfSeed(neumann.seed));
    assert.equal(verifierKeyOf(signer), neumann.verifierKey);
    assert.equal(signNote(neumann.text, signer), `${neumann.text}\n${neumann.signature}`);
  });

  it('leaves signatures of other keys alone, so that witnesses can cosign', () => {
    const signer = newSigner();
    const note = signNote('text\n', signer) + neumann.signature;
    assert.equal(openNote(note, signer), 'text\n');
  });

  it('refuses a note with any one bit flipped', () => {
    const signer = newSigner();
    const note = Buffer.from(signNote('log.example/test\n5\nAAAA\n', signer));
    for (let bit = 0; bit < note.length * 8; bit += 1) {
      const altered = Buffer.from(note);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => openNote(altered.toString('utf8'), signer), NoteError, `bit ${bit}`);
    }
  });

  it('refuses a note by another key of the same name', () => {
    assert.throws(() => openNote(signNote('text\n', newSigner()), newSigner()), NoteError);
  });

  it('refuses a genuine signature beside a false one of the same key', () => {
    const signer = newSigner();
    const lineOf = (note: string) => note.slice(note.lastIndexOf('\n\n') + 2);
    const note = signNote('text\n', signer) + lineOf(signNote('other\n', signer));
    assert.throws(() => openNote(note, signer), NoteError);
  });

  it('refuses malformed notes and too many signatures', () => {
    const signer = newSigner();
    const note = signNote('text\n', signer);
    for (const malformed of ['', '\n', 'text\n', note.slice(0, -1), `${note}\n`, note.replace('text', 'te\txt')]) {
      assert.throws(() => openNote(malformed, signer), NoteError);
    }
    assert.throws(() => openNote(note + neumann.signature.repeat(100), signer), NoteError);
  });

  it('refuses malformed verifier keys', () => {
    const key = verifierKeyOf(newSigner());
    for (const malformed of ['', 'name', key.slice(0, -1), key.replace(/\+[0-9a-f]{8}\+/, '+00000000+'), `x${key}`]) {
      assert.throws(() => parseVerifierKey(malformed), NoteError, malformed);
    }
  });

  it('refuses a key of another kind', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    assert.throws(() => createNoteSigner('log.example/test', privateKey), NoteError);
  });
});

describe('checkpoints (C2SP tlog-checkpoint)', () => {
  const rootHash = Buffer.alloc(32, 7);

  it('has origin, size and root on lines of their own, and reads back', () => {
    const signer = newSigner();
    const note = signCheckpoint({ treeSize: 20_852_163, rootHash }, signer);
    assert.ok(
      note.startsWith(`log.example/test\n20852163\n${rootHash.toString('base64')}\n\n\u2014 log.example/test `),
    );
    assert.deepEqual(openCheckpoint(note, signer), { treeSize: 20_852_163, rootHash });
  });

  it('lets extension lines pass, as the standard demands', () => {
    const signer = newSigner();
    const note = signNote(`${signer.name}\n3\n${rootHash.toString('base64')}\nextension\n`, signer);
    assert.equal(openCheckpoint(note, signer).treeSize, 3);
  });

  it('refuses a genuine note that is not a checkpoint of this log', () => {
    const signer = newSigner();
    const root = rootHash.toString('base64');
    const texts = [
      `other.example/log\n3\n${root}\n`,
      `${signer.name}\n03\n${root}\n`,
      `${signer.name}\n-3\n${root}\n`,
      `${signer.name}\n99999999999999999999\n${root}\n`,
      `${signer.name}\n3\n${root.slice(4)}\n`,
      `${signer.name}\n`,
    ];
    for (const text of texts) {
      assert.throws(() => openCheckpoint(signNote(text, signer), signer), CheckpointError);
    }
  });
});
