import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { createLogger, createSealer, systemClock } from '@todo-chatbot/service-kit';
import type { StoredSigningKey } from '../ports/signingKeys.ts';
import { createSealedSigningKeys } from './sealedSigningKeys.ts';
import { createSigningKeyRing } from './signingKeyRing.ts';

const maker = createSealedSigningKeys(createSealer(randomBytes(32)));
const now = new Date();
const stored = async (state: 'active' | 'published'): Promise<StoredSigningKey> => ({
  ...(await maker.make()),
  state,
  publishedAt: now,
  activatedAt: state === 'active' ? now : null,
  retiredAt: null,
});
const [first, second] = [await stored('active'), await stored('published')];

/** A ring over keys that a test changes, with a clock that it moves, and a database that may be down. */
function ringOver(...initial: StoredSigningKey[]) {
  const state = { keys: initial, isDown: false, elapsedMs: 0, readings: 0 };
  let gate: Promise<void> | undefined;
  const ring = createSigningKeyRing({
    store: {
      async list() {
        state.readings += 1;
        const { keys } = state;
        await gate;
        if (state.isDown) throw new Error('down');
        return keys;
      },
    },
    maker,
    clock: systemClock,
    logger: createLogger({ appId: 'auth', level: 'silent' }),
    elapsedMs: () => state.elapsedMs,
  });
  return {
    ring,
    state,
    hold(until: Promise<void>) {
      gate = until;
    },
  };
}

test('a change by somebody else is known after two seconds, and many requests share one reading (AUTH-2)', async () => {
  const { ring, state } = ringOver(first, second);
  await Promise.all(Array.from({ length: 50 }, () => ring.signer()));
  assert.equal(state.readings, 1);
  state.keys = [
    { ...first, state: 'revoked', sealedPrivateKey: null, retiredAt: now },
    { ...second, state: 'active' },
  ];
  state.elapsedMs = 2_000;
  assert.ok(await ring.keyFor(first.kid));
  state.elapsedMs = 2_001;

  assert.equal(await ring.keyFor(first.kid), undefined);
  assert.equal((await ring.signer()).kid, second.kid);
  assert.deepEqual(
    (await ring.jwks()).keys.map(({ kid }) => kid),
    [second.kid],
  );
});

test('a reading that began before a change is not taken for one that came after it (AUTH-2)', async () => {
  const { ring, state, hold } = ringOver(first, second);
  const gate = Promise.withResolvers<void>();
  hold(gate.promise);
  const early = ring.keyFor(first.kid);
  state.keys = [{ ...second, state: 'active' }];
  const reload = ring.reload();
  gate.resolve();
  await Promise.all([early, reload]);

  assert.equal(await ring.keyFor(first.kid), undefined);
});

test('without the database the keys serve for 30 seconds more; then nobody signs and nobody is let in (PRIN-6)', async () => {
  const { ring, state } = ringOver(first, second);
  await ring.signer();
  state.isDown = true;
  state.elapsedMs = 30_000;
  assert.equal((await ring.signer()).kid, first.kid);
  state.elapsedMs = 30_001;

  await assert.rejects(ring.signer(), { code: 'upstream.unavailable' });
  await assert.rejects(ring.keyFor(first.kid), { code: 'upstream.unavailable' });
  await assert.rejects(ring.jwks(), { code: 'upstream.unavailable' });
  state.isDown = false;
  assert.equal((await ring.signer()).kid, first.kid);
});

test('without an active key nobody signs (PRIN-6)', async () => {
  await assert.rejects(ringOver(second).ring.signer(), { code: 'upstream.unavailable' });
});
