import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { auditScopeOf, type CloudEvent, newId } from '@todo-chatbot/contracts';
import { createTestClock, startTestDatabase, type TestDatabase, waitFor } from '@todo-chatbot/local-platform/testing';
import { createSignalSink } from '../src/commands/signalSink.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import type { MonitorStore, MonitorTransaction } from '../src/ports/monitorStore.ts';
import { type Act, failedSignIn, openMonitoring } from './monitoring.ts';
import { sealedSignIn } from './support.ts';

const byAccount = 'failed-sign-ins-by-account';

/** A story of more than two rounds: bursts that begin in one round and end in the next, noise, and several alerts. */
function story(): Act[] {
  const noise = (count: number): Act[] => Array.from({ length: count }, () => ({}));
  const guesses = (from: number, count: number, account: string) =>
    Array.from({ length: count }, (_, index) => failedSignIn(from + index, account, `192.0.2.${from}`));
  return [
    ...noise(495),
    ...guesses(1, 8, 'usr_ada'),
    ...guesses(20, 9, 'usr_bob'),
    ...noise(490),
    ...guesses(60, 4, 'usr_ada'),
    {
      service: 'auth',
      action: 'auth.revoke-session',
      reason: 'refresh-token-replayed',
      object: { type: 'session', id: 'ses_1' },
    },
    ...noise(300),
    ...guesses(70, 1, 'usr_bob'),
  ];
}

describe('the monitor of the log (OBS-3)', () => {
  let database: TestDatabase;
  let world: Awaited<ReturnType<typeof openMonitoring>>;
  const clock = createTestClock('2026-11-26T12:30:00.000Z');
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    world = await openMonitoring(database, clock);
  });
  beforeEach(async () => {
    await world.monitor.catchUp();
    await database.ownerPool.query('DELETE FROM alert; DELETE FROM rule_memory; DELETE FROM outbox');
  });
  after(() => database.close());

  const guess = (seconds: readonly number[], account?: string) =>
    world.log(seconds.map((second) => failedSignIn(second, account, `192.0.2.${second}`)));

  it('raises an alert when a rule is met, with what leads to it, and tells of it once by the outbox', async () => {
    const first = await world.position();
    await guess([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    await world.monitor.catchUp();
    assert.deepEqual(await world.alertsOf(byAccount), []);
    await guess([9, 10]);
    await world.monitor.catchUp();
    const [alert, ...others] = await world.alertsOf(byAccount);
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...alert, id: null },
      {
        id: null,
        ruleId: byAccount,
        title: 'Many failed sign-ins to one account',
        severity: 'warning',
        group: 'usr_ada',
        count: 11,
        firstAt: '2026-11-26T12:00:00.000Z',
        lastAt: '2026-11-26T12:00:10.000Z',
        entryIndexes: Array.from({ length: 11 }, (_, index) => first + index),
        state: 'open',
        acknowledgedBy: null,
        acknowledgedAt: null,
        resolution: null,
      },
    );
    assert.deepEqual((await world.conclusions()).announced, [alert?.id]);
  });

  it('keeps one open alert for each rule and group; after it is acknowledged the next crossing opens another', async () => {
    const burst = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    await guess(burst);
    await guess(burst, 'usr_bob');
    await world.monitor.catchUp();
    await guess([200, 201]);
    await world.monitor.catchUp();
    const [ada, bob] = await world.alertsOf(byAccount);
    assert.deepEqual([ada?.group, ada?.count, bob?.group, bob?.count], ['usr_ada', 12, 'usr_bob', 10]);
    assert.equal((await world.conclusions()).announced.length, 2);

    await world.acknowledge(ada?.id ?? '');
    await guess(burst.slice(1).map((second) => 300 + second));
    await world.monitor.catchUp();
    assert.equal((await world.alertsOf(byAccount)).length, 2, 'one below the threshold');
    await guess([310]);
    await world.monitor.catchUp();
    const all = await world.alertsOf(byAccount);
    assert.deepEqual(
      all.map(({ group, count, state }) => [group, count, state]),
      [
        ['usr_ada', 12, 'acknowledged'],
        ['usr_bob', 10, 'open'],
        ['usr_ada', 10, 'open'],
      ],
    );
  });

  it('attack: an alert that is acknowledged while the monitor adds to it loses no hit', async () => {
    await guess([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await world.monitor.catchUp();
    const [alert] = await world.alertsOf(byAccount);
    const { acknowledged } = await world.store.inTurn(async (transaction) => {
      const [known] = await transaction.statesOf([{ ruleId: byAccount, group: 'usr_ada' }]);
      assert.ok(known?.state.alert);
      const acknowledging = world.acknowledge(alert?.id ?? '');
      await waitFor('the acknowledgement to wait', async () => {
        const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE alert%'";
        return ((await database.pool.query(waiting)).rowCount ?? 0) > 0;
      });
      const state = { ...known.state, alert: { ...known.state.alert, count: 11 } };
      await transaction.save({ states: [{ ...known, state }], raised: [], retold: [] });
      return { acknowledged: acknowledging };
    });
    await acknowledged;
    const [after] = await world.alertsOf(byAccount);
    assert.deepEqual([after?.state, after?.count], ['acknowledged', 11]);
  });

  it('attack: entries torn out of the log do not keep it from those behind', async () => {
    const owner = database.ownerPool;
    await guess([0]);
    await world.log(Array.from({ length: 600 }, () => ({})));
    const [torn] = (await owner.query('SELECT max(index) - 599 AS from FROM entry')).rows;
    await owner.query('ALTER TABLE entry DISABLE TRIGGER USER; ALTER TABLE body DISABLE TRIGGER USER');
    await owner.query('DELETE FROM entry WHERE index >= $1 AND index < $1 + 590', [torn.from]);
    await owner.query('DELETE FROM body WHERE index >= $1 AND index < $1 + 590', [torn.from]);
    await owner.query('ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_only_grows');
    await owner.query('ALTER TABLE body ENABLE ALWAYS TRIGGER body_only_grows');
    await guess([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await world.monitor.catchUp();
    assert.equal((await world.alertsOf(byAccount))[0]?.count, 10);
  });

  it('comes to the same after a crash at any step of any round, and when the answer to a commit is lost', async () => {
    await world.log(story());
    await world.forgetAll();
    await world.monitor.catchUp();
    const expected = await world.conclusions();
    assert.ok(expected.alerts.length >= 3 && expected.memory.length > 0);
    let crashes = 0;
    for (let step = 0; ; step += 1) {
      await world.forgetAll();
      const crashing = crashingAt(world.store, step);
      const outcome = await world
        .monitorOn(crashing.store)
        .catchUp()
        .catch(() => 'crashed');
      if (outcome !== 'crashed') break;
      crashes += 1;
      await world.monitor.catchUp();
      const { announced, ids, ...found } = await world.conclusions();
      assert.deepEqual(found, { alerts: expected.alerts, memory: expected.memory }, `crash at step ${step}`);
      assert.deepEqual(announced, ids, `each alert is told once after a crash at step ${step}`);
    }
    assert.ok(crashes >= 3 * 7, `three rounds of seven steps: ${crashes}`);
  });

  it('comes to the same when several monitors are at it', async () => {
    await world.log(story());
    await world.forgetAll();
    await world.monitor.catchUp();
    const expected = await world.conclusions();
    await world.forgetAll();
    const size = Number((await database.ownerPool.query('SELECT count(*) FROM entry')).rows[0].count);
    const monitors = Array.from({ length: 4 }, () => world.monitorOn(world.store));
    while ((await world.position()) < size) await Promise.all(monitors.map((monitor) => monitor.catchUp()));
    const { announced, ids, ...found } = await world.conclusions();
    assert.deepEqual(found, { alerts: expected.alerts, memory: expected.memory });
    assert.deepEqual(announced, ids);
  });

  it('counts a removed body for nothing, and passes over one that cannot be read, which it says', async () => {
    await guess([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const owner = database.ownerPool;
    const [last] = (await owner.query('SELECT max(index) AS index FROM body')).rows;
    await owner.query('ALTER TABLE body DISABLE TRIGGER USER');
    await owner.query('DELETE FROM body WHERE index = $1', [last.index]);
    await owner.query("UPDATE body SET body = 'nonsense' WHERE index = $1 - 1", [last.index]);
    await owner.query('ALTER TABLE body ENABLE ALWAYS TRIGGER body_only_grows');
    await world.monitor.catchUp();
    assert.deepEqual(await world.alertsOf(byAccount), []);
    assert.ok(world.logged.some((line) => line.includes('cannot read')));
    await guess([10, 11]);
    await world.monitor.catchUp();
    assert.equal((await world.alertsOf(byAccount))[0]?.count, 10);
  });

  it('judges by the numbers in force at the time', async () => {
    await database.ownerPool.query(
      `INSERT INTO alert_rule_change VALUES ($1, 1, true, 'critical', 2, 5, 'usr_editor', now())`,
      [byAccount],
    );
    try {
      await guess([0, 5]);
      await world.monitor.catchUp();
      assert.deepEqual(await world.alertsOf(byAccount), []);
      await guess([6]);
      await world.monitor.catchUp();
      const [alert] = await world.alertsOf(byAccount);
      assert.deepEqual([alert?.count, alert?.severity], [2, 'critical']);
      await database.ownerPool.query(
        `INSERT INTO alert_rule_change VALUES ($1, 2, false, 'critical', 1, 5, 'usr_editor', now())`,
        [byAccount],
      );
      await guess([0], 'usr_bob');
      await world.monitor.catchUp();
      assert.equal((await world.alertsOf(byAccount)).length, 1, 'a rule that is switched off raises nothing');
    } finally {
      await database.ownerPool.query('DELETE FROM alert_rule_change');
    }
  });

  it('tells a new device from what a person was seen with before a restart', async () => {
    const actorId = newId('user');
    const signIn = (userAgent: string, address: string): Act => ({
      service: 'auth',
      actorId,
      action: 'auth.login',
      category: 'authentication',
      metadata: { address, userAgent },
    });
    await world.log([signIn('laptop', '192.0.2.0')]);
    await world.monitor.catchUp();
    const restarted = world.monitorOn(world.store);
    await world.log([signIn('laptop', '198.51.100.0')]);
    await restarted.catchUp();
    assert.deepEqual(await world.alertsOf('new-device'), []);
    await world.log([signIn('thief', '203.0.113.0')]);
    await restarted.catchUp();
    assert.deepEqual(
      (await world.alertsOf('new-device')).map(({ group }) => group),
      [actorId],
    );
    const { rows } = await database.ownerPool.query('SELECT seen::text FROM rule_memory');
    assert.doesNotMatch(JSON.stringify(rows), /laptop|thief|192\.0\.2/);
  });

  describe('over sealed user agents (AUD-4)', () => {
    const boxes = () => world.dataKeys.boxes(auditScopeOf('auth'));
    const signIn = async (personId: string, userAgent: string, address: string) => {
      const event = await sealedSignIn({ boxes: boxes(), personId, userAgent, address });
      await world.writer.append([encodeEntry({ ...event, time: clock.now().toISOString() })]);
      await world.monitor.catchUp();
      return (await world.alertsOf('new-device')).length;
    };

    it('knows a device at a new address, and tells of a new device at a new address', async () => {
      const personId = newId('user');
      assert.equal(await signIn(personId, 'laptop', '192.0.2.0'), 0);
      assert.equal(await signIn(personId, 'laptop', '198.51.100.0'), 0);
      assert.equal(await signIn(personId, 'thief', '203.0.113.0'), 1);
    });

    for (const [name, seal] of [
      ['whoever keeps auth from answering', () => void Object.assign(world.auth, { isAway: true })],
      ['an erased key', (personId: string) => world.dataKeys.destroy(personId)],
    ] as const) {
      it(`attack: ${name} does not blind the monitoring: the address decides alone`, async () => {
        const personId = newId('user');
        assert.equal(await signIn(personId, 'laptop', '192.0.2.0'), 0);
        const [known, unknown] = await Promise.all(
          ['192.0.2.0', '203.0.113.0'].map((address) =>
            sealedSignIn({ boxes: boxes(), personId, userAgent: 'laptop', address }),
          ),
        );
        seal(personId);
        try {
          const alertsAfter = async (event: CloudEvent | undefined) => {
            await world.writer.append([encodeEntry({ ...event, time: clock.now().toISOString() })]);
            await world.monitor.catchUp();
            return (await world.alertsOf('new-device')).length;
          };
          assert.deepEqual([await alertsAfter(known), await alertsAfter(unknown)], [0, 1]);
        } finally {
          world.auth.isAway = false;
        }
      });
    }
  });

  it('forgets what cannot add up to an alert any more, and nothing younger', async () => {
    await guess([0]);
    const monitor = world.monitorOn(world.store);
    await monitor.catchUp();
    const remembered = async () => (await world.conclusions()).memory.length;
    const forget = () => world.store.inTurn(async (transaction) => transaction.forget(await transaction.rules()));
    assert.equal(await remembered(), 2);
    clock.advance(7 * 86_400_000);
    await forget();
    assert.equal(await remembered(), 2, 'a broker may still hold what happened then');
    clock.advance(601_000);
    await forget();
    assert.equal(await remembered(), 0);
  });

  it('looks at the log when it is told to, and by itself; and ends', async () => {
    const monitor = world.monitorOn(world.store);
    monitor.start();
    try {
      await guess([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      monitor.wake();
      await waitFor('an alert', async () => (await world.alertsOf(byAccount)).length === 1);
    } finally {
      await monitor.close();
    }
    await guess([20]);
    assert.equal(await monitor.catchUp(), 0, 'it is closed');
  });

  describe('signals', () => {
    it('are alerts of their rules at once: one for each group, told once, more of them counted', async () => {
      const sink = createSignalSink({ store: world.store, clock });
      await Promise.all([
        sink.raise({ ruleId: 'service-silent', group: 'task' }),
        sink.raise({ ruleId: 'service-silent', group: 'task' }),
        sink.raise({ ruleId: 'service-silent', group: 'booking' }),
        sink.raise({ ruleId: 'log-verification-failed', group: null, entryIndex: 7 }),
      ]);
      const silent = await world.alertsOf('service-silent');
      assert.deepEqual(silent.map(({ group, count }) => `${group} ${count}`).toSorted(), ['booking 1', 'task 2']);
      const [failed] = await world.alertsOf('log-verification-failed');
      assert.deepEqual([failed?.severity, failed?.group, failed?.entryIndexes], ['critical', null, [7]]);
      assert.equal((await world.conclusions()).announced.length, 3);
    });

    it('attack: nobody hides behind an alert that was left open: after an hour of quiet it is told again', async () => {
      let now = clock.now();
      const sink = createSignalSink({ store: world.store, clock: { now: () => now } });
      const told = [];
      for (const minutes of [0, 1, 60, 119, 179, 180]) {
        now = new Date(clock.now().getTime() + minutes * 60_000);
        await sink.raise({ ruleId: 'service-silent', group: 'task' });
        told.push((await world.conclusions()).announced.length);
      }
      assert.deepEqual(told, [1, 1, 1, 1, 2, 2]);
      const alerts = await world.alertsOf('service-silent');
      assert.deepEqual([alerts.length, alerts[0]?.count], [1, 6], 'it is the same alert');
    });

    it('open another alert after theirs was acknowledged', async () => {
      const sink = createSignalSink({ store: world.store, clock });
      await sink.raise({ ruleId: 'witness-refused', group: null });
      await world.acknowledge((await world.alertsOf('witness-refused'))[0]?.id ?? '');
      await sink.raise({ ruleId: 'witness-refused', group: null });
      assert.deepEqual(
        (await world.alertsOf('witness-refused')).map(({ state }) => state),
        ['acknowledged', 'open'],
      );
    });
  });
});

/** A store whose work ends with an error after the given number of steps, as a process that is killed there would leave it. */
function crashingAt(store: MonitorStore, lastStep: number): { readonly store: MonitorStore } {
  let steps = 0;
  const crash = () => {
    if (steps++ === lastStep) throw new Error('killed');
  };
  async function stepping<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    crash();
    return result;
  }
  const crashingOn = (transaction: MonitorTransaction): MonitorTransaction => ({
    rules: () => stepping(transaction.rules()),
    position: () => stepping(transaction.position()),
    statesOf: (groups) => stepping(transaction.statesOf(groups)),
    save: (outcome) => stepping(transaction.save(outcome)),
    moveTo: (position) => stepping(transaction.moveTo(position)),
    forget: (rules) => stepping(transaction.forget(rules)),
  });
  return {
    store: {
      ...store,
      position: () => stepping(store.position()),
      eventsFrom: (index, limit) => stepping(store.eventsFrom(index, limit)),
      // The last step is behind the commit.
      ifFree: (work) => stepping(store.ifFree((transaction) => work(crashingOn(transaction)))),
    },
  };
}
