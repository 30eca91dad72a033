import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { openCheckpoint, signCheckpoint } from '../src/checkpoint.ts';
import { addCosignature, cosign, cosignatureTime, createCosigner, parseWitnessKey } from '../src/cosignature.ts';
import { createNoteSigner, NoteError, openNote, parseVerifierKey, signNote, verifierKeyOf } from '../src/signedNote.ts';
import { encodeAddCheckpoint, parseAddCheckpoint, WitnessProtocolError } from '../src/witnessProtocol.ts';

// A key that everybody may know, and what C2SP tlog-cosignature makes of it, put together here by hand and not by the code under test.
const name = 'witness.example/w1';
const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 0x5a)]);
const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
const rawPublicKey = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
const typedKey = Buffer.concat([Buffer.of(0x04), rawPublicKey]);
const keyId = createHash('sha256').update(`${name}\n`).update(typedKey).digest().subarray(0, 4);
const expectedVerifierKey = `${name}+${keyId.toString('hex')}+${typedKey.toString('base64')}`;
const timeSeconds = 1_679_315_147;

function expectedLine(text: string): string {
  const time = Buffer.from('00000000641850cb', 'hex');
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime 1679315147\n${text}`), privateKey);
  return `\u2014 ${name} ${Buffer.concat([keyId, time, signature]).toString('base64')}\n`;
}

const log = createNoteSigner('log.example/test', generateKeyPairSync('ed25519').privateKey);
const witness = createCosigner(name, privateKey);
const checkpoint = { treeSize: 20_852_163, rootHash: Buffer.alloc(32, 7) };
const note = signCheckpoint(checkpoint, log);
const text = openNote(note, log);

describe('cosignatures (C2SP tlog-cosignature, AUD-3)', () => {
  it('has the verifier key that the standard lays down, and reads it back', () => {
    assert.equal(verifierKeyOf(witness), expectedVerifierKey);
    assert.deepEqual(parseWitnessKey(expectedVerifierKey).keyId, keyId);
  });

  it('writes, byte for byte, the line that the standard lays down', () => {
    assert.equal(cosign(note, witness, timeSeconds), expectedLine(text));
  });

  it('reads the time of a cosignature made elsewhere, and the checkpoint under it', () => {
    const cosigned = note + expectedLine(text);
    assert.equal(cosignatureTime(cosigned, parseWitnessKey(expectedVerifierKey)), timeSeconds);
    assert.deepEqual(openCheckpoint(cosigned, log), checkpoint);
  });

  it('attack: one key is not taken for one of the other kind', () => {
    assert.throws(() => parseVerifierKey(expectedVerifierKey), NoteError);
    assert.throws(() => parseWitnessKey(verifierKeyOf(log)), NoteError);
    assert.throws(() => cosignatureTime(signNote(text, createNoteSigner(name, privateKey)), witness), NoteError);
  });

  it('attack: any one bit flipped, in the note or in the cosignature, is refused', () => {
    const cosigned = Buffer.from(note + expectedLine(text));
    const signatureOfLog = { from: text.length + 1, to: Buffer.byteLength(note) };
    for (let bit = 0; bit < cosigned.length * 8; bit += 1) {
      // The log's own line is not what a witness signs.
      if (bit >> 3 >= signatureOfLog.from && bit >> 3 < signatureOfLog.to) continue;
      const altered = Buffer.from(cosigned);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => cosignatureTime(altered.toString('utf8'), witness), NoteError, `bit ${bit}`);
    }
  });

  it('attack: a cosignature of another checkpoint, or of another witness, is refused', () => {
    const other = signCheckpoint({ ...checkpoint, treeSize: 5 }, log);
    assert.throws(() => cosignatureTime(note + cosign(other, witness, timeSeconds), witness), NoteError);
    const stranger = createCosigner(name, generateKeyPairSync('ed25519').privateKey);
    assert.throws(() => cosignatureTime(note + cosign(note, stranger, timeSeconds), witness), NoteError);
    assert.throws(() => cosignatureTime(note, witness), NoteError);
  });

  it('attack: a genuine cosignature beside a false one of the same key is refused', () => {
    const other = signCheckpoint({ ...checkpoint, treeSize: 5 }, log);
    const both = note + cosign(note, witness, timeSeconds) + cosign(other, witness, timeSeconds);
    assert.throws(() => cosignatureTime(both, witness), NoteError);
  });

  it('adds the line of the witness, and nothing else of what was answered', () => {
    const stranger = createCosigner('witness.example/w2', generateKeyPairSync('ed25519').privateKey);
    const answer = cosign(note, stranger, timeSeconds) + cosign(note, witness, timeSeconds);
    assert.deepEqual(addCosignature(note, answer, witness), { note: note + expectedLine(text), timeSeconds });
  });

  it('attack: an answer that is no cosignature of this very note is refused', () => {
    const other = signCheckpoint({ ...checkpoint, treeSize: 5 }, log);
    const ofOther = cosign(other, witness, timeSeconds);
    const withText = `more\n\n${cosign(`${text}\nmore\n\n${cosign(note, witness, 1)}`, witness, timeSeconds)}`;
    for (const answer of ['', '\n', 'OK\n', ofOther, ofOther.slice(0, -1), withText]) {
      assert.throws(() => addCosignature(note, answer, witness), NoteError, JSON.stringify(answer));
    }
  });
});

describe('requests to a witness (C2SP tlog-witness, AUD-3)', () => {
  it('come back as they went, whatever their size and proof', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(hash, { maxLength: 63 }), (oldSize, proof) => {
        assert.deepEqual(parseAddCheckpoint(encodeAddCheckpoint({ oldSize, proof, note })), { oldSize, proof, note });
      }),
    );
  });

  it('have the form of the standard', () => {
    const hash = Buffer.alloc(32, 1);
    assert.equal(
      encodeAddCheckpoint({ oldSize: 20, proof: [hash], note }),
      `old 20\n${hash.toString('base64')}\n\n${note}`,
    );
    assert.equal(encodeAddCheckpoint({ oldSize: 0, proof: [], note }), `old 0\n\n${note}`);
  });

  it('attack: malformed ones are refused', () => {
    const line = `${Buffer.alloc(32).toString('base64')}\n`;
    const malformed = [
      '',
      'old 1',
      `old 1\n${note.replaceAll('\n\n', '\n')}`,
      `old 01\n\n${note}`,
      `old -1\n\n${note}`,
    ];
    malformed.push(
      `old  1\n\n${note}`,
      `old 1e3\n\n${note}`,
      `old 99999999999999999999\n\n${note}`,
      `size 1\n\n${note}`,
    );
    malformed.push(
      `old 1\nAAAA\n\n${note}`,
      `old 1\n${line.replace('=', '')}\n${note}`,
      `old 1\n${line.repeat(64)}\n${note}`,
    );
    malformed.push(`old 1\r\n\r\n${note}`, `\n\n${note}`);
    for (const body of malformed)
      assert.throws(() => parseAddCheckpoint(body), WitnessProtocolError, JSON.stringify(body));
  });
});
