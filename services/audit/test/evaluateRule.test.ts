import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertRuleSchema } from '@todo-chatbot/contracts';
import fc from 'fast-check';
import { defaultRules } from '../src/domain/alertRules.ts';
import {
  applyEvent,
  applyHit,
  type EvaluatedRule,
  emptyGroupState,
  type GroupState,
  groupOf,
  type MonitoredEvent,
} from '../src/domain/evaluateRule.ts';

const base: MonitoredEvent = {
  index: 0,
  at: Date.parse('2026-11-26T15:00:00.000Z'),
  service: 'auth',
  actorId: null,
  category: 'authentication',
  action: 'auth.login',
  success: false,
  reason: 'auth.invalid-credentials',
  objectId: 'usr_ada',
  address: '192.0.2.0',
  userAgent: 'test-browser/1',
};

/** For each rule over events, one that counts, as the services record it, and some that come close and do not. */
const examples: Readonly<
  Record<string, { readonly counts: Partial<MonitoredEvent>; readonly doesNot: readonly Partial<MonitoredEvent>[] }>
> = {
  'failed-sign-ins-by-account': {
    counts: { reason: 'locked' },
    doesNot: [{ success: true, reason: null }, { reason: 'auth.busy' }, { objectId: null }],
  },
  'failed-sign-ins-by-address': {
    counts: { objectId: null },
    doesNot: [{ success: true, reason: null }, { reason: 'upstream.unavailable' }, { address: null }],
  },
  'lock-out': {
    counts: { action: 'auth.lock-out', category: 'security', success: true, reason: 'too-many-failures' },
    doesNot: [{}, { action: 'auth.lock-out', objectId: null }],
  },
  'lock-out-wave': {
    counts: { action: 'auth.lock-out', category: 'security', success: true, objectId: null },
    doesNot: [{}],
  },
  'token-replay': {
    counts: { action: 'auth.revoke-session', success: true, reason: 'refresh-token-replayed', objectId: 'ses_1' },
    doesNot: [{ action: 'auth.revoke-session', success: true, reason: null }],
  },
  'passkey-cloned': {
    counts: { action: 'auth.refuse-passkey', success: true, reason: 'passkey-cloned' },
    doesNot: [{ action: 'auth.login-passkey' }],
  },
  'access-denials-by-actor': {
    counts: { action: 'access.refuse', reason: 'access.permission-denied', actorId: 'usr_ada' },
    doesNot: [
      { action: 'access.refuse', reason: 'auth.step-up-required', actorId: 'usr_ada' },
      { action: 'access.refuse', reason: 'access.permission-denied', actorId: null },
    ],
  },
  'access-denials-by-address': {
    counts: { action: 'access.refuse', reason: 'auth.token-invalid' },
    doesNot: [{ action: 'access.refuse', reason: 'auth.token-missing' }],
  },
  'caller-denied': {
    counts: { action: 'access.refuse', reason: 'access.caller-denied' },
    doesNot: [{ action: 'access.refuse', reason: 'access.permission-denied' }],
  },
  'request-floods': {
    counts: { action: 'access.limit', reason: 'request.rate-limited' },
    doesNot: [{ action: 'access.refuse', reason: 'request.rate-limited' }],
  },
  'guardrail-blocks': {
    counts: { action: 'guardrail.judge', reason: 'pattern:role-tags', actorId: 'usr_ada' },
    doesNot: [
      { action: 'guardrail.warn', success: true, reason: 'classifier:attack', actorId: 'usr_ada' },
      { action: 'guardrail.mask', success: true, reason: 'personal:email', actorId: 'usr_ada' },
    ],
  },
  'prompt-leak': {
    counts: { action: 'guardrail.judge', reason: 'leak:canary', actorId: 'usr_ada' },
    doesNot: [{ action: 'guardrail.judge', reason: 'pattern:role-tags', actorId: 'usr_ada' }],
  },
  'guardrail-unavailable': {
    counts: { service: 'chat-gateway', action: 'chat.message', reason: 'guardrail.unavailable', actorId: 'usr_ada' },
    doesNot: [
      { service: 'chat-gateway', action: 'chat.message', reason: 'guardrail.blocked', actorId: 'usr_ada' },
      { service: 'chat-gateway', action: 'chat.message', success: true, reason: null, actorId: 'usr_ada' },
    ],
  },
  'guardrail-settings-changed': {
    counts: { action: 'guardrail.settings-change', success: true, reason: null, actorId: 'usr_ada' },
    doesNot: [{ action: 'guardrail.settings-change', reason: 'guardrail.changed-meanwhile', actorId: 'usr_ada' }],
  },
  'guardrail-drift': {
    counts: { action: 'guardrail.drift', success: true, reason: null },
    doesNot: [{ action: 'guardrail.warn', success: true }],
  },
  'guardrail-texts-burst': {
    counts: { action: 'guardrail.open-text', success: true, reason: null, actorId: 'usr_ada' },
    doesNot: [{ action: 'guardrail.list-decisions', success: true, reason: null, actorId: 'usr_ada' }],
  },
  'guardrail-evaluation-burst': {
    counts: { action: 'guardrail.export-evaluation', success: true, reason: null, actorId: 'usr_ada' },
    doesNot: [{ action: 'guardrail.open-text', success: true, reason: null, actorId: 'usr_ada' }],
  },
  'privilege-change': {
    counts: { action: 'user.set-roles', success: true, reason: null },
    doesNot: [{ action: 'user.set-roles', reason: 'user.not-found' }],
  },
  'administrator-act': {
    counts: { action: 'user.suspend', success: true, reason: null, actorId: 'usr_admin' },
    doesNot: [{ action: 'user.read', success: true, reason: null, actorId: 'usr_admin' }],
  },
  'administration-refused': {
    counts: { action: 'user.set-roles', category: 'administration', reason: 'user.own-account', actorId: 'usr_admin' },
    doesNot: [
      { action: 'alert-rule.change', category: 'administration', service: 'audit', actorId: 'usr_admin' },
      { action: 'user.set-roles', category: 'administration', success: true, reason: null, actorId: 'usr_admin' },
    ],
  },
  'signing-key-changed': {
    counts: { action: 'auth.rotate-signing-key', success: true, reason: null },
    doesNot: [{ action: 'auth.rotate-signing-key', reason: 'signing-key.too-young' }],
  },
  'signing-key-revoked': {
    counts: { action: 'auth.revoke-signing-key', success: true, reason: null },
    doesNot: [{ action: 'auth.rotate-signing-key', success: true, reason: null }],
  },
  'api-key-burst': {
    counts: { action: 'auth.create-api-key', success: true, reason: null, actorId: 'usr_ada' },
    doesNot: [{ action: 'auth.create-api-key', reason: 'auth.api-key-limit', actorId: 'usr_ada' }],
  },
  'export-burst': {
    counts: { action: 'audit.export', service: 'audit', success: true, reason: null, actorId: 'usr_ada' },
    doesNot: [{ action: 'audit.prove', service: 'audit', success: true, reason: null, actorId: 'usr_ada' }],
  },
  'reading-burst': {
    counts: { action: 'audit.list', service: 'audit', success: true, reason: null, actorId: 'usr_ada' },
    doesNot: [{ action: 'alert.list', service: 'audit', success: true, reason: null, actorId: 'usr_ada' }],
  },
  'erasure-burst': {
    counts: { action: 'user.delete', success: true, reason: null, actorId: 'usr_admin' },
    doesNot: [{ action: 'user.suspend', success: true, reason: null, actorId: 'usr_admin' }],
  },
  'erasure-overdue': {
    counts: { action: 'privacy.erasure-overdue', success: false, reason: 'deadline-missed' },
    doesNot: [{ action: 'privacy.complete-erasure', success: true, reason: null }],
  },
  'monitoring-changed': {
    counts: { action: 'alert-rule.change', service: 'audit', success: true, reason: null, actorId: 'usr_admin' },
    doesNot: [{ action: 'alert.acknowledge', service: 'audit', success: true, reason: null, actorId: 'usr_admin' }],
  },
};

const thresholdRules = defaultRules.filter(({ kind }) => kind === 'threshold');

function ruleOf(changes: Partial<EvaluatedRule> = {}): EvaluatedRule {
  return { kind: 'threshold', match: {}, groupBy: 'none', threshold: 3, windowSeconds: 10, ...changes };
}

/** What the rule knows after events that are so many seconds into the hour, in this order. */
function after(rule: EvaluatedRule, seconds: readonly number[], from: GroupState = emptyGroupState): GroupState {
  return seconds.reduce((state, second, index) => applyHit(rule, state, { at: base.at + second * 1000, index }), from);
}

describe('the rules that come with the service (OBS-3)', () => {
  it('are rules as the API has them, each under its own id', () => {
    for (const rule of defaultRules) alertRuleSchema.parse(rule);
    assert.equal(new Set(defaultRules.map(({ id }) => id)).size, defaultRules.length);
    assert.deepEqual(thresholdRules.map(({ id }) => id).toSorted(), Object.keys(examples).toSorted());
  });

  for (const rule of thresholdRules) {
    const example = examples[rule.id] ?? { counts: {}, doesNot: [] };
    const counts = { ...base, ...example.counts };

    it(`${rule.id}: at exactly ${rule.threshold}, and not one below`, () => {
      assert.notEqual(groupOf(rule, counts), null);
      let state = emptyGroupState;
      for (let index = 0; index < rule.threshold; index += 1) {
        assert.equal(state.alert, null, `after ${index}`);
        state = applyEvent(rule, state, { ...counts, index });
      }
      assert.equal(state.alert?.count, rule.threshold);
      assert.equal(state.alert?.entryIndexes.length, Math.min(20, rule.threshold));
    });

    it(`${rule.id}: does not count what only comes close`, () => {
      for (const event of example.doesNot)
        assert.equal(groupOf(rule, { ...base, ...event }), null, JSON.stringify(event));
    });
  }

  it('attack: no rule counts what alerting itself leaves in the log, but the change of a rule', () => {
    for (const action of ['alert.list', 'alert.acknowledge', 'alert-rule.change', 'alert-rule.try', 'auth.send-mail']) {
      for (const success of [true, false]) {
        for (const category of ['administration', 'security', 'data-access']) {
          const event = {
            ...base,
            service: 'audit',
            action,
            success,
            category,
            actorId: 'usr_a',
            reason: 'mail-refused',
          };
          const counting = defaultRules.filter((rule) => groupOf(rule, event) !== null).map(({ id }) => id);
          assert.deepEqual(counting, action === 'alert-rule.change' && success ? ['monitoring-changed'] : []);
        }
      }
    }
  });
});

describe('windows', () => {
  it('slide: hits of the last window do not count, to the second', () => {
    const rule = ruleOf();
    assert.equal(after(rule, [0, 5, 10]).alert, null, 'a window ends before its last second is over');
    assert.ok(after(rule, [0, 5, 9.999]).alert);
    assert.ok(after(rule, [0, 5, 10, 14]).alert, 'the last three are within ten seconds');
  });

  it('take late events where they belong', () => {
    assert.ok(after(ruleOf(), [0, 100, 101, 2, 4]).alert, 'three within ten seconds, long before the newest');
    assert.equal(after(ruleOf(), [0, 100, 50, 150]).alert, null);
  });

  it('attack: hits with times far in the future do not push out those of today', () => {
    const future = Array.from({ length: 200 }, (_, index) => 1_000_000 + index * 100);
    assert.ok(after(ruleOf(), [...future, 0, 1, 2]).alert);
  });

  it('hold a bounded number of hits, however many come just too slowly', () => {
    const slow = Array.from({ length: 1_000 }, (_, index) => index * 6);
    assert.equal(after(ruleOf(), slow).hits.length, 30);
  });

  it('the alert takes what follows, and holds its newest 20 entries', () => {
    const { alert, hits } = after(ruleOf(), [3, 1, 2, ...Array.from({ length: 30 }, (_, index) => 500 + index)]);
    assert.equal(alert?.count, 33);
    assert.deepEqual([alert?.firstAt, alert?.lastAt], [base.at + 1_000, base.at + 529_000]);
    assert.deepEqual(
      alert?.entryIndexes,
      Array.from({ length: 20 }, (_, index) => 13 + index),
    );
    assert.deepEqual(hits, []);
  });

  it('begin anew once the alert is acknowledged: only a full threshold opens the next one', () => {
    const acknowledged = { ...after(ruleOf(), [0, 1, 2, 3]), alert: null };
    assert.equal(after(ruleOf(), [4, 5], acknowledged).alert, null);
    assert.ok(after(ruleOf(), [4, 5, 6], acknowledged).alert);
  });

  it('property: an alert opens with the first hit that makes any window full, in whatever order hits come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (seconds, threshold, windowSeconds) => {
          const rule = ruleOf({ threshold, windowSeconds });
          let state = emptyGroupState;
          for (const [index, second] of seconds.entries()) {
            const came = seconds.slice(0, index + 1);
            const isFull = came.some(
              (start) => came.filter((other) => other >= start && other < start + windowSeconds).length >= threshold,
            );
            state = applyHit(rule, state, { at: second * 1000, index });
            assert.equal(state.alert !== null, isFull, JSON.stringify({ came, threshold, windowSeconds }));
            if (isFull) return;
          }
        },
      ),
    );
  });
});

describe('groups', () => {
  it('are told apart by what the rule says, and strangers are no group', () => {
    const event = { ...base, actorId: 'usr_a', objectId: 'usr_b' };
    const groups = (['none', 'actor', 'object', 'address', 'service'] as const).map((groupBy) =>
      groupOf(ruleOf({ groupBy }), event),
    );
    assert.deepEqual(groups, ['', 'usr_a', 'usr_b', '192.0.2.0', 'auth']);
    assert.equal(groupOf(ruleOf({ groupBy: 'actor' }), { ...event, actorId: null }), null);
  });
});

describe('a new device at a new address', () => {
  const rule = ruleOf({ kind: 'new-device', groupBy: 'actor', threshold: 1, windowSeconds: 1_000 });
  const signIn = (userAgent: string | null, address: string | null, second = 0): MonitoredEvent => ({
    ...base,
    success: true,
    userAgent,
    address,
    at: base.at + second * 1000,
  });
  const afterAll = (events: readonly MonitoredEvent[]) =>
    events.reduce((state, event) => applyEvent(rule, state, event), emptyGroupState);

  it('is nothing for a person who was never seen', () => {
    assert.equal(afterAll([signIn('a', '192.0.2.0')]).alert, null);
  });
  it('is one when both are new', () => {
    assert.equal(afterAll([signIn('a', '192.0.2.0'), signIn('b', '198.51.100.0')]).alert?.count, 1);
  });
  it('is none when either is known: one travels with a device, and buys one at home', () => {
    assert.equal(afterAll([signIn('a', '192.0.2.0'), signIn('a', '198.51.100.0')]).alert, null);
    assert.equal(afterAll([signIn('a', '192.0.2.0'), signIn('b', '192.0.2.0')]).alert, null);
  });
  it('is known from then on', () => {
    const known = { ...afterAll([signIn('a', '192.0.2.0'), signIn('b', '198.51.100.0')]), alert: null };
    assert.equal(applyEvent(rule, known, signIn('b', '198.51.100.0')).alert, null);
  });
  it('forgets what was not seen within the window', () => {
    assert.equal(
      afterAll([signIn('a', '192.0.2.0'), signIn('b', '198.51.100.0', 1_000)]).alert,
      null,
      'a stranger again',
    );
    const kept = [signIn('a', '192.0.2.0'), signIn('a', '192.0.2.0', 900), signIn('a', '203.0.113.0', 1_800)];
    assert.equal(afterAll([...kept, signIn('c', '192.0.2.0', 1_850)]).alert, null, 'seen 950 s before');
    assert.ok(afterAll([...kept, signIn('c', '192.0.2.0', 1_950)]).alert, 'seen 1,050 s before');
  });
  it('cannot be told where nobody came from any address', () => {
    const hidden = [signIn('a', '192.0.2.0'), signIn('b', null)];
    assert.deepEqual(afterAll(hidden), afterAll(hidden.slice(0, 1)));
  });
  it('attack: a thief whose client sends no user agent is one, once', () => {
    const hidden = [signIn('a', '192.0.2.0'), signIn(null, '198.51.100.0')];
    assert.equal(afterAll(hidden).alert?.count, 1);
    const known = { ...afterAll(hidden), alert: null };
    assert.equal(applyEvent(rule, known, signIn(null, '203.0.113.0')).alert, null);
  });
  it('remembers hashes, and a bounded number of them', () => {
    const many = Array.from({ length: 300 }, (_, index) => signIn(`agent ${index}`, '192.0.2.0', index));
    const { seen } = afterAll(many);
    assert.equal(seen.length, 100);
    assert.ok(!JSON.stringify(seen).includes('agent') && !JSON.stringify(seen).includes('192.0.2'));
  });
});
