import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import type { AuditEntry } from '@todo-chatbot/contracts';
import { verifyEntry } from '../src/proof/verifyEntry.ts';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

const said: Pick<AuditEntry, 'eventId' | 'time' | 'event' | 'sealed'> = {
  eventId: 'evt_1',
  time: '2026-11-26T12:00:00.000Z',
  event: {
    service: 'auth',
    actor: { type: 'user', id: 'usr_1' },
    sessionId: null,
    category: 'administration',
    action: 'user.suspend',
    success: true,
    reason: null,
    object: { type: 'user', id: 'usr_2' },
    input: { a: 1, b: ['x'], email: 'a***@example.com' },
    metadata: { address: null, userAgent: 'browser/1' },
    traceId: null,
    retentionClass: 'administration',
  },
  sealed: [
    { field: 'input.email', state: 'opened' },
    { field: 'metadata.userAgent', state: 'opened' },
  ],
};

/** The same as the log has it. */
const logged = {
  id: said.eventId,
  time: said.time,
  event: { ...said.event, input: { ...said.event.input, email: null }, metadata: { address: null, userAgent: null } },
  sealed: said.sealed.map(({ field }) => ({ field, scope: 'audit.events.auth', box: 'c2VhbGVk' })),
  v: 2,
};

describe('The proof of an entry that is shown (AUD-3)', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const keyId = sha256(Buffer.from('log.example\n'), Buffer.of(1), raw).subarray(0, 4);
  const verifierKey = `log.example+${keyId.toString('hex')}+${Buffer.concat([Buffer.of(1), raw]).toString('base64')}`;
  const body = Buffer.from(JSON.stringify(logged));
  const leaf = Buffer.from(`{"body":"${sha256(body).toString('hex')}","v":2}`);
  const root = sha256(Buffer.of(0), leaf);
  const text = `log.example\n1\n${root.toString('base64')}\n`;
  const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), privateKey)]).toString('base64');
  const proof = {
    index: 0,
    treeSize: 1,
    leaf: leaf.toString('base64'),
    body: body.toString('base64'),
    leafHash: root.toString('hex'),
    rootHash: root.toString('hex'),
    path: [],
    checkpoint: `${text}\n— log.example ${signature}\n`,
    entry: null,
  };
  const shown: AuditEntry = { index: 0, leafHash: proof.leafHash, ...said };
  const reasonOf = async (...asked: Parameters<typeof verifyEntry>) => {
    const verdict = await verifyEntry(...asked);
    return verdict.isValid ? null : verdict.reason;
  };

  beforeEach(() => {
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      value: { getItem: () => null, setItem: () => undefined },
    });
    mock.method(globalThis, 'fetch', async (url: string) =>
      url.endsWith('/log.vkey') ? new Response(verifierKey) : Response.json(proof),
    );
  });
  afterEach(() => mock.restoreAll());

  it('holds for what is shown, and for an entry of which nothing is', async () => {
    assert.equal(await reasonOf(0, shown), null);
    assert.equal(await reasonOf(0), null);
  });

  it('attack: a genuine proof of another entry proves nothing', async () => {
    assert.equal(await reasonOf(1), 'The proof is of another entry.');
    assert.equal(await reasonOf(0, { ...shown, leafHash: '0'.repeat(64) }), 'The proof is of another entry.');
  });

  it('holds for what was erased, whose proof is as it was (AUD-4)', async () => {
    const { event } = logged;
    const sealed = said.sealed.map(({ field }) => ({ field, state: 'erased' as const }));
    assert.equal(await reasonOf(0, { ...shown, event, sealed }), null);
  });

  it('attack: a field that is not sealed in the log is passed off as one that is, to hide another value', async () => {
    for (const sealed of [
      [{ field: 'input.a', state: 'opened' as const }, ...said.sealed],
      said.sealed.slice(1),
      said.sealed.toReversed(),
    ]) {
      const lie = { ...shown, event: { ...said.event, input: { ...said.event.input, a: 2 } }, sealed };
      assert.equal(await reasonOf(0, lie), 'The log holds something else than what is shown.');
    }
  });

  it('attack: a list says something else than the log', async () => {
    for (const lie of [
      { ...shown, event: { ...said.event, success: false } },
      { ...shown, event: { ...said.event, input: { ...said.event.input, a: 2 } } },
      { ...shown, time: '2026-11-26T12:00:01.000Z' },
      { ...shown, eventId: 'evt_2' },
    ]) {
      assert.equal(await reasonOf(0, lie), 'The log holds something else than what is shown.');
    }
  });
});
