import assert from 'node:assert/strict';
import test from 'node:test';
import {
  accessTokensExpireAt,
  accessTokenTtlSeconds,
  judgeReplay,
  type RefreshGeneration,
  refreshGraceMs,
} from './session.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const expiresAt = new Date('2026-11-29T10:00:00.000Z');

function used(generation: number, ageMs: number, usedByClient = 'mine'): RefreshGeneration {
  return { generation, expiresAt, usedAt: new Date(now.getTime() - ageMs), usedByClient };
}

function unused(generation: number): RefreshGeneration {
  return { generation, expiresAt, usedAt: null, usedByClient: null };
}

function judge(...chain: RefreshGeneration[]) {
  return judgeReplay({ chain, client: 'mine', now });
}

test('AUTH-3 a tab that lost the race is one rotation behind', () => {
  assert.deepEqual(judge(used(0, refreshGraceMs), unused(1)), { kind: 'same-client', rotations: 1, expiresAt });
});

test('AUTH-3 a straggler within the grace is led to the newest token, however many rotations it is behind', () => {
  const chain = [used(3, 900), used(4, 800), used(5, 700), unused(6)];

  assert.deepEqual(judge(...chain), { kind: 'same-client', rotations: 3, expiresAt });
});

test('AUTH-3 a millisecond past the grace is a replay', () => {
  assert.deepEqual(judge(used(0, refreshGraceMs + 1), unused(1)), { kind: 'replay' });
});

test('AUTH-3 another client within the grace is a replay', () => {
  assert.deepEqual(judge(used(0, 1, 'theirs'), unused(1)), { kind: 'replay' });
});

test('AUTH-3 a successor that another client used within the grace makes it a replay', () => {
  assert.deepEqual(judge(used(0, 2), used(1, 1, 'theirs'), unused(2)), { kind: 'replay' });
});

test('AUTH-3 a clock that was set back by more than the grace does not prolong it', () => {
  assert.deepEqual(judge(used(0, -refreshGraceMs), unused(1)).kind, 'same-client');
  assert.deepEqual(judge(used(0, -refreshGraceMs - 1), unused(1)), { kind: 'replay' });
});

test('AUTH-3 a chain without an unused end, or with nothing used, is a replay: it fails closed', () => {
  assert.deepEqual(judge(), { kind: 'replay' });
  assert.deepEqual(judge(unused(0)), { kind: 'replay' });
  assert.deepEqual(judge(used(0, 2), used(1, 1)), { kind: 'replay' });
});

test('AUTH-11 a denial outlives every access token of the session', () => {
  assert.ok(accessTokensExpireAt(now).getTime() > now.getTime() + accessTokenTtlSeconds * 1000);
});
