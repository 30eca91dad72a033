import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { checkLog } from '../src/proof/checkLog.ts';
import { isConsistent } from '../src/proof/consistencyProof.ts';
import { recallLog } from '../src/proof/rememberedLog.ts';
import { checkSignature } from '../src/proof/signedCheckpoint.ts';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const hexes = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));

/** Largest power of two below `size`. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** Merkle tree hash by the recursive definition of RFC 6962 section 2.1; leaves are numbers. */
function treeHash(leaves: readonly number[]): Buffer {
  if (leaves.length <= 1) return sha256(Buffer.of(0), Buffer.from(leaves.join()));
  const k = split(leaves.length);
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

/** Consistency proof by the recursive definition of RFC 6962 section 2.1.2. */
function subproof(from: number, leaves: readonly number[], isWhole: boolean): Buffer[] {
  if (from === leaves.length) return isWhole ? [] : [treeHash(leaves)];
  const k = split(leaves.length);
  return from <= k
    ? [...subproof(from, leaves.slice(0, k), isWhole), treeHash(leaves.slice(k))]
    : [...subproof(from - k, leaves.slice(k), false), treeHash(leaves.slice(0, k))];
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, n) => n);
const rootOf = (size: number) => treeHash(leavesOf(size)).toString('hex');

/** A log's key: its verifier key, and checkpoints signed with it. */
function newLog(name = 'log.example') {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const keyId = sha256(Buffer.from(`${name}\n`), Buffer.of(1), raw).subarray(0, 4);
  return {
    verifierKey: `${name}+${keyId.toString('hex')}+${Buffer.concat([Buffer.of(1), raw]).toString('base64')}`,
    checkpoint(treeSize: number, rootHash = rootOf(treeSize), by: KeyObject = privateKey): string {
      const text = `${name}\n${treeSize}\n${Buffer.from(rootHash, 'hex').toString('base64')}\n`;
      const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), by)]).toString('base64');
      return `${text}\n— ${name} ${signature}\n— witness.example AAAAAAAA\n`;
    },
  };
}

describe('Consistency proof in the browser (AUD-3)', () => {
  it('accepts the proof between any two sizes, and no other', async () => {
    const sizes = fc
      .integer({ min: 1, max: 70 })
      .chain((to) => fc.tuple(fc.integer({ min: 1, max: to }), fc.constant(to)));
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async ([from, to], place) => {
        const path = hexes(subproof(from, leavesOf(to), true));
        const roots = { from: rootOf(from), to: rootOf(to) };
        assert.ok(await isConsistent({ from, to, path }, roots), `${from} to ${to}`);
        const other = 'f'.repeat(64);
        assert.ok(!(await isConsistent({ from, to, path }, { ...roots, from: other })));
        assert.ok(!(await isConsistent({ from, to, path }, { ...roots, to: other })));
        assert.ok(!(await isConsistent({ from, to, path: [...path, other] }, roots)));
        if (path.length === 0) return;
        const changed = path.with(place % path.length, other);
        assert.ok(!(await isConsistent({ from, to, path: changed }, roots)));
        assert.ok(!(await isConsistent({ from, to, path: path.slice(1) }, roots)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('Signature of a checkpoint in the browser (AUD-3)', () => {
  const log = newLog();
  const genuine = log.checkpoint(3);

  it('accepts the log’s own, beside that of a witness', async () => {
    assert.equal(await checkSignature(genuine, log.verifierKey), 'valid');
  });

  it('attack: refuses another key, another text, and a note without a signature of the log', async () => {
    const thief = generateKeyPairSync('ed25519').privateKey;
    for (const note of [
      log.checkpoint(3, rootOf(3), thief),
      genuine.replace('\n3\n', '\n4\n'),
      genuine
        .split('\n')
        .filter((line) => !line.startsWith('— log.example'))
        .join('\n'),
      genuine.replace('— log.example', '— log.elsewhere'),
      'nonsense',
      '',
    ]) {
      assert.equal(await checkSignature(note, log.verifierKey), 'invalid', note);
    }
    assert.equal(await checkSignature(genuine, newLog().verifierKey), 'invalid');
    assert.equal(await checkSignature(genuine, 'no key'), 'invalid');
  });
});

describe('The log as this browser remembers it (AUD-3)', () => {
  const log = newLog();
  let verifierKey = log.verifierKey;
  let path: readonly string[] = [];
  let isCut = false;
  const kept = new Map<string, string>();

  beforeEach(() => {
    kept.clear();
    isCut = false;
    verifierKey = log.verifierKey;
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      value: {
        getItem: (name: string) => kept.get(name) ?? null,
        setItem: (name: string, value: string) => void kept.set(name, value),
      },
    });
    mock.method(globalThis, 'fetch', async (url: string) => {
      if (url.endsWith('/log.vkey')) return new Response(`${verifierKey}\n`);
      if (isCut)
        return Response.json({ type: 'x', title: 'x', status: 400, code: 'audit.range-invalid' }, { status: 400 });
      const [from, to] = [...url.matchAll(/\d+$|\d+(?=&)/g)].map(([number]) => Number(number));
      return Response.json({ from, to, path, checkpoints: ['', ''] });
    });
  });
  afterEach(() => mock.restoreAll());

  const see = (treeSize: number, rootHash = rootOf(treeSize), before = recallLog()) =>
    checkLog({ treeSize, rootHash, note: log.checkpoint(treeSize, rootHash) }, before);
  async function refuses(verdict: ReturnType<typeof see>, reason: RegExp): Promise<void> {
    const before = recallLog();
    const found = await verdict;
    assert.ok(!found.isSound);
    assert.match(found.reason, reason);
    assert.deepEqual(recallLog(), before, 'what was wrong is not remembered');
  }

  it('remembers what it saw, and takes what continues it', async () => {
    assert.deepEqual(await see(5), { isSound: true, isSigned: true });
    assert.deepEqual(await see(5), { isSound: true, isSigned: true });
    path = hexes(subproof(5, leavesOf(9), true));
    assert.deepEqual(await see(9), { isSound: true, isSigned: true });
    assert.deepEqual(recallLog(), { verifierKey: log.verifierKey, treeSize: 9, rootHash: rootOf(9) });
  });

  it('an answer that was overtaken by a newer one raises no alarm, and is not remembered', async () => {
    await see(5);
    const before = recallLog();
    path = hexes(subproof(5, leavesOf(9), true));
    await see(9);
    path = hexes(subproof(5, leavesOf(7), true));
    assert.deepEqual(await see(7, rootOf(7), before), { isSound: true, isSigned: true });
    assert.equal(recallLog()?.treeSize, 9);
  });

  it('a smaller tree that what was seen begins with is no fault: an entry may be proven in the published one', async () => {
    await see(5);
    path = hexes(subproof(3, leavesOf(5), true));
    assert.deepEqual(await see(3), { isSound: true, isSigned: true });
    assert.equal(recallLog()?.treeSize, 5);
  });

  it('attack: a tail cut off, a second history and a replaced key are found, though all is validly signed', async () => {
    await see(5);
    await refuses(see(4), /shorter/);
    isCut = true;
    await refuses(see(4), /shorter/);
    await refuses(see(9), /does not continue/);
    isCut = false;
    await refuses(see(5, 'f'.repeat(64)), /does not continue/);
    path = hexes(
      subproof(
        5,
        leavesOf(9).map((leaf) => leaf + 1),
        true,
      ),
    );
    await refuses(see(9, treeHash(leavesOf(9).map((leaf) => leaf + 1)).toString('hex')), /does not continue/);
    const other = newLog();
    verifierKey = other.verifierKey;
    await refuses(
      checkLog({ treeSize: 9, rootHash: rootOf(9), note: other.checkpoint(9) }, recallLog()),
      /another key/,
    );
  });

  it('attack: a checkpoint that the key did not sign is refused at the first sight', async () => {
    await refuses(
      checkLog({ treeSize: 5, rootHash: rootOf(5), note: newLog().checkpoint(5) }, recallLog()),
      /not signed/,
    );
  });

  it('a browser that keeps nothing, or holds nonsense, checks as if for the first time', async () => {
    kept.set('audit-log', '{"treeSize":"many"}');
    assert.deepEqual(await see(5), { isSound: true, isSigned: true });
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: undefined });
    assert.deepEqual(await see(4), { isSound: true, isSigned: true });
  });
});
