import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  alertRuleSchema,
  alertRulesSchema,
  alertRuleTrialSchema,
  alertSchema,
  alertsSchema,
  auditEventDataSchema,
  eventTypes,
  newId,
} from '@todo-chatbot/contracts';
import { codeOf, type Person, waitFor } from '@todo-chatbot/local-platform/testing';
import { newEvent } from '@todo-chatbot/service-kit';
import { decodeBody } from '../src/domain/entry.ts';
import { startAuditService } from './auditService.ts';
import { entryOf, failedSignIn } from './monitoring.ts';

const ruleId = 'failed-sign-ins-by-account';
const numbers = { enabled: true, severity: 'high', threshold: 3, windowSeconds: 60 } as const;

describe('the API of the security monitoring (OBS-3)', () => {
  let audit: Awaited<ReturnType<typeof startAuditService>>;
  let viewer: Person;
  let editor: Person;
  let admin: Person;
  let person: Person;
  before(async () => {
    audit = await startAuditService();
    [viewer, editor, admin, person] = [
      await audit.signIn(['viewer']),
      await audit.signIn(['editor']),
      await audit.signIn(['admin']),
      await audit.signIn(),
    ];
  });
  beforeEach(() => audit.database.ownerPool.query('DELETE FROM alert_rule_change'));
  after(() => audit.close());

  const send = (method: string, path: string, as: Person | null, body?: unknown) =>
    audit.call({ method, path, as, ...(body === undefined ? {} : { body }) });
  const guesses = (account: string, count: number, address = '192.0.2.0') =>
    audit.writer.append(
      Array.from({ length: count }, (_, index) => entryOf(failedSignIn(index, account, `${address}${index}`))),
    );
  const alertsOf = async (query = '?limit=100') => {
    const answer = await send('GET', `/v1/alerts${query}`, viewer);
    assert.equal(answer.status, 200, answer.text);
    return alertsSchema.parse(answer.body);
  };
  const alertFor = (account: string) =>
    waitFor('an alert', async () =>
      (await alertsOf()).items.find((alert) => alert.group === account && alert.state === 'open'),
    );
  const ruleOf = async () => {
    const answer = await send('GET', '/v1/alert-rules', viewer);
    const found = alertRulesSchema.parse(answer.body).items.find(({ id }) => id === ruleId);
    return alertRuleSchema.parse(found);
  };
  /** What the newest entry of an action says. */
  const newestEntry = async (action: string) => {
    const { rows } = await audit.database.pool.query(
      'SELECT body FROM body WHERE action = $1 ORDER BY index DESC LIMIT 1',
      [action],
    );
    return auditEventDataSchema.parse(decodeBody(rows[0].body).event);
  };
  const entriesOf = async (action: string) =>
    Number((await audit.database.pool.query('SELECT count(*) FROM body WHERE action = $1', [action])).rows[0].count);

  it('403: each operation wants its permission, and a person without a role has none', async () => {
    const alertId = newId('alert');
    const operations = [
      { send: ['GET', '/v1/alerts'], refused: [person], body: undefined },
      {
        send: ['POST', `/v1/alerts/acknowledge/${alertId}`],
        refused: [person, viewer],
        body: { resolution: 'handled' },
      },
      { send: ['GET', '/v1/alert-rules'], refused: [person], body: undefined },
      { send: ['PUT', `/v1/alert-rules/rule_${ruleId}`], refused: [person, viewer], body: { ...numbers, version: 0 } },
      { send: ['POST', `/v1/alert-rules/trial/rule_${ruleId}`], refused: [person], body: undefined },
    ] as const;
    for (const {
      send: [method, path],
      refused,
      body,
    } of operations) {
      for (const as of refused) {
        const answer = await send(method, path, as, body);
        assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.permission-denied'], `${method} ${path}`);
      }
      assert.equal((await send(method, path, null, body)).status, 401);
    }
    assert.equal((await ruleOf()).version, 0);
  });

  describe('GET /v1/alerts', () => {
    it('200: pages, newest first, each alert once; by state and severity; and the reading is an entry', async () => {
      const accounts = Array.from({ length: 5 }, (_, index) => `usr_page${index}`);
      for (const account of accounts) {
        await guesses(account, 10);
        await alertFor(account);
      }
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await alertsOf(`?limit=2&state=open&severity=warning${cursor === '' ? '' : `&cursor=${cursor}`}`);
        seen.push(...page.items.flatMap(({ group }) => (accounts.includes(group ?? '') ? [group ?? ''] : [])));
        cursor = page.nextCursor;
      }
      assert.deepEqual(seen, accounts.toReversed());
      assert.deepEqual((await alertsOf('?severity=critical')).items, []);
      const { input, actor, category } = await newestEntry('alert.list');
      assert.deepEqual(
        [category, actor.id, input],
        ['data-access', viewer.userId, { state: null, severity: 'critical', count: 0 }],
      );
    });

    it('400: filters and cursors that are none', async () => {
      for (const query of ['?state=closed', '?severity=high&severity=info', '?limit=0', '?cursor=x', '?group=usr_a']) {
        const answer = await send('GET', `/v1/alerts${query}`, viewer);
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'request.invalid'], query);
      }
    });
  });

  describe('POST /v1/alerts/acknowledge/:id', () => {
    it('200: once; 409 for whoever comes later, of two at the same time too; each attempt is an entry', async () => {
      await guesses('usr_ack', 10);
      const { id } = await alertFor('usr_ack');
      const path = `/v1/alerts/acknowledge/${id}`;
      const answers = await Promise.all([
        send('POST', path, editor, { resolution: 'false-alarm' }),
        send('POST', path, admin, { resolution: 'handled' }),
      ]);
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
      const done = alertSchema.parse(answers.find(({ status }) => status === 200)?.body);
      const lost = answers.find(({ status }) => status === 409);
      assert.equal(done.state, 'acknowledged');
      assert.equal(done.acknowledgedBy, done.resolution === 'handled' ? admin.userId : editor.userId);
      assert.equal(lost && codeOf(lost), 'alert.already-acknowledged');
      assert.equal(await entriesOf('alert.acknowledge'), 2);
      const { object, category } = await newestEntry('alert.acknowledge');
      assert.deepEqual([object, category], [{ type: 'alert', id }, 'security']);
    });

    it('503: attack: a flood of acknowledgements is turned away before it can starve the log of connections', async () => {
      const accounts = Array.from({ length: 14 }, (_, index) => `usr_flood${index}`);
      for (const account of accounts) await guesses(account, 10);
      const ids: string[] = [];
      for (const account of accounts) ids.push((await alertFor(account)).id);
      const acknowledge = (id: string) =>
        send('POST', `/v1/alerts/acknowledge/${id}`, editor, { resolution: 'handled' });
      const flood = await Promise.all(ids.map(acknowledge));
      for (const answer of flood) assert.ok([200, 503].includes(answer.status), answer.text);
      assert.ok(flood.filter(({ status }) => status === 200).length >= 4);
      for (const [place, { status }] of flood.entries()) {
        if (status === 503) assert.equal((await acknowledge(ids[place] ?? '')).status, 200, 'the next try');
      }
    });

    it('404: an alert that is not there', async () => {
      const answer = await send('POST', `/v1/alerts/acknowledge/${newId('alert')}`, editor, { resolution: 'handled' });
      assert.deepEqual([answer.status, codeOf(answer)], [404, 'alert.not-found']);
      assert.equal((await newestEntry('alert.acknowledge')).reason, 'alert.not-found');
    });

    it('503: attack: an acknowledgement that cannot be recorded does not happen (PRIN-6)', async () => {
      await guesses('usr_unrecorded', 10);
      const { id } = await alertFor('usr_unrecorded');
      await audit.database.ownerPool.query('REVOKE INSERT ON entry FROM audit');
      const answer = await send('POST', `/v1/alerts/acknowledge/${id}`, editor, { resolution: 'handled' });
      await audit.database.ownerPool.query('GRANT INSERT ON entry TO audit');
      assert.deepEqual([answer.status, codeOf(answer)], [503, 'upstream.unavailable']);
      assert.equal((await alertFor('usr_unrecorded')).id, id);
    });
  });

  describe('PUT /v1/alert-rules/:id', () => {
    it('200: takes effect, and its entry says the old and the new numbers', async () => {
      const answer = await send('PUT', `/v1/alert-rules/rule_${ruleId}`, editor, { ...numbers, version: 0 });
      assert.equal(answer.status, 200, answer.text);
      const changed = alertRuleSchema.parse(answer.body);
      assert.deepEqual([changed.version, changed.changedBy, changed.threshold], [1, editor.userId, 3]);
      assert.deepEqual(await ruleOf(), changed);
      const { input, category, retentionClass, object } = await newestEntry('alert-rule.change');
      assert.deepEqual(object, { type: 'alert-rule', id: ruleId });
      assert.equal(category, 'administration');
      assert.equal(retentionClass, 'administration');
      assert.deepEqual(input, {
        'before.enabled': true,
        'before.severity': 'warning',
        'before.threshold': 10,
        'before.windowSeconds': 600,
        'after.enabled': true,
        'after.severity': 'high',
        'after.threshold': 3,
        'after.windowSeconds': 60,
      });
      await guesses('usr_sooner', 3);
      assert.equal((await alertFor('usr_sooner')).severity, 'high');
    });

    it('is itself an alert, and that rule cannot be changed: 403', async () => {
      assert.equal(
        (await send('PUT', `/v1/alert-rules/rule_${ruleId}`, admin, { ...numbers, version: 0 })).status,
        200,
      );
      assert.equal((await alertFor(admin.userId)).ruleId, 'monitoring-changed');
      const off = { ...numbers, enabled: false, version: 0 };
      const answer = await send('PUT', '/v1/alert-rules/rule_monitoring-changed', admin, off);
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.permission-denied']);
      assert.equal((await newestEntry('alert-rule.change')).success, false);
    });

    it('409: of changes made from the same version one wins, and none is lost unseen', async () => {
      const answers = await Promise.all(
        Array.from({ length: 4 }, (_, index) =>
          send('PUT', `/v1/alert-rules/rule_${ruleId}`, editor, { ...numbers, threshold: 2 + index, version: 0 }),
        ),
      );
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409]);
      assert.equal((await ruleOf()).version, 1);
      const early = await send('PUT', `/v1/alert-rules/rule_${ruleId}`, editor, { ...numbers, version: 7 });
      assert.deepEqual([early.status, codeOf(early)], [409, 'alert-rule.changed-meanwhile']);
      const late = await send('PUT', `/v1/alert-rules/rule_${ruleId}`, editor, { ...numbers, version: 0 });
      assert.deepEqual([late.status, codeOf(late)], [409, 'alert-rule.changed-meanwhile']);
      assert.equal((await newestEntry('alert-rule.change')).reason, 'alert-rule.changed-meanwhile');
    });

    it('503: attack: a change that cannot be recorded does not happen (PRIN-6)', async () => {
      await audit.database.ownerPool.query('REVOKE INSERT ON entry FROM audit');
      const answer = await send('PUT', `/v1/alert-rules/rule_${ruleId}`, admin, {
        ...numbers,
        enabled: false,
        version: 0,
      });
      await audit.database.ownerPool.query('GRANT INSERT ON entry TO audit');
      assert.equal(answer.status, 503);
      assert.deepEqual([(await ruleOf()).version, (await ruleOf()).enabled], [0, true]);
    });

    it('404 for a rule that is not there, 400 for numbers out of bounds and for what may not be changed', async () => {
      const absent = await send('PUT', '/v1/alert-rules/rule_no-such-rule', editor, { ...numbers, version: 0 });
      assert.deepEqual([absent.status, codeOf(absent)], [404, 'alert-rule.not-found']);
      for (const wrong of [
        { threshold: 0 },
        { threshold: 1_001 },
        { windowSeconds: 0 },
        { severity: 'low' },
        { match: {} },
      ]) {
        const answer = await send('PUT', `/v1/alert-rules/rule_${ruleId}`, editor, {
          ...numbers,
          version: 0,
          ...wrong,
        });
        assert.deepEqual([answer.status, codeOf(answer)], [400, 'request.invalid'], JSON.stringify(wrong));
      }
    });
  });

  describe('POST /v1/alert-rules/trial/:id', () => {
    const noon = '2026-11-26T12:00:00.000Z';
    const trial = async (body: object, id = ruleId) => {
      const answer = await send('POST', `/v1/alert-rules/trial/rule_${id}`, viewer, {
        from: noon,
        to: '2026-11-26T13:00:00.000Z',
        ...body,
      });
      assert.equal(answer.status, 200, answer.text);
      return alertRuleTrialSchema.parse(answer.body);
    };

    it('200: finds what the monitor found, raises nothing, and is an entry', async () => {
      await guesses('usr_trial', 12);
      const live = await waitFor('the twelfth', async () => {
        const alert = await alertFor('usr_trial');
        return alert.count === 12 && alert;
      });
      const before = (await alertsOf()).items.length;
      const { alerts, isPartial } = await trial({});
      const { group, count, firstAt, lastAt, entryIndexes } = live;
      assert.deepEqual(
        alerts.find((alert) => alert.group === 'usr_trial'),
        { group, count, firstAt, lastAt, entryIndexes },
      );
      assert.equal(isPartial, false);
      assert.equal((await alertsOf()).items.length, before);
      assert.deepEqual((await newestEntry('alert-rule.try')).object, { type: 'alert-rule', id: ruleId });
    });

    it('200: with other numbers, and of another time', async () => {
      await guesses('usr_few', 4);
      const groups = ({ alerts }: { alerts: { group: string | null }[] }) => alerts.map(({ group }) => group);
      assert.ok(!groups(await trial({})).includes('usr_few'));
      assert.ok(groups(await trial({ threshold: 4 })).includes('usr_few'));
      assert.ok(!groups(await trial({ threshold: 4, windowSeconds: 3 })).includes('usr_few'));
      const earlier = await trial({ threshold: 1, from: '2026-11-25T00:00:00.000Z', to: noon });
      assert.deepEqual(earlier, { alerts: [], examined: 0, isPartial: false });
    });

    it('200: says that it is partial when there is more than it may show', async () => {
      for (let part = 0; part < 11; part += 1) {
        const accounts = Array.from({ length: 10 }, (_, index) => `usr_many${part}x${index}`);
        await audit.writer.append(accounts.map((account) => entryOf(failedSignIn(0, account))));
      }
      const { alerts, isPartial, examined } = await trial({ threshold: 1 });
      assert.deepEqual([alerts.length, isPartial], [100, true]);
      assert.ok(examined >= 110);
    });

    it('503: attack: a flood of trials is turned away before it can starve the log of connections', async () => {
      const owner = await audit.database.ownerPool.connect();
      try {
        // Each trial waits for as long as it may.
        await owner.query('BEGIN; LOCK TABLE body IN ACCESS EXCLUSIVE MODE');
        let refused = 0;
        const flood = Promise.all(
          Array.from({ length: 12 }, async () => {
            const { status } = await send('POST', `/v1/alert-rules/trial/rule_${ruleId}`, viewer, {
              from: noon,
              to: noon,
            });
            if (status === 503) refused += 1;
            return status;
          }),
        );
        const waiting = async () =>
          (
            await audit.database.pool.query(
              "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM body%ORDER BY index LIMIT%'",
            )
          ).rowCount ?? 0;
        await waitFor('trials that are refused', () => refused === 10);
        assert.equal(await waiting(), 2);
        await owner.query('ROLLBACK');
        const statuses = (await flood).toSorted();
        assert.deepEqual(statuses, [200, 200, ...Array.from({ length: 10 }, () => 503)]);
      } finally {
        owner.release(true);
      }
    });

    it('404 for a rule that is not there; nothing for a rule over signals', async () => {
      const body = { from: noon, to: noon };
      assert.equal((await send('POST', '/v1/alert-rules/trial/rule_no-such-rule', viewer, body)).status, 404);
      assert.deepEqual(await trial({}, 'dead-letter'), { alerts: [], examined: 0, isPartial: false });
    });
  });

  it('forgets what a deleted person was seen with, once, and says so in the log (PRIV-5)', async () => {
    // Of whom no refusal is remembered besides.
    const person = await audit.signIn();
    const memories = async () =>
      (await audit.database.ownerPool.query('SELECT FROM rule_memory WHERE group_key = $1', [person.userId])).rowCount;
    await audit.writer.append([
      entryOf({ service: 'auth', action: 'auth.login', category: 'authentication', actorId: person.userId }),
    ]);
    await alertsOf();
    await waitFor('the memory', async () => (await memories()) === 1);
    const { userId } = person;
    const data = { erasureId: newId('erasure'), userId };
    const request = newEvent({ type: 'privacy.erasure_requested.v1', subject: userId, source: 'auth', data });
    for (let delivery = 0; delivery < 2; delivery += 1) {
      assert.deepEqual((await audit.deliver(request)).body, { status: 'SUCCESS' });
    }
    assert.equal(await memories(), 0);
    assert.equal(await entriesOf('person.forget'), 1);
    assert.deepEqual((await newestEntry('person.forget')).input, { ruleMemories: 1, answers: 0, exports: 0 });
    const receipts = await audit.outbox(data.erasureId);
    assert.deepEqual(
      receipts.map((receipt) => receipt.data),
      [{ ...data, service: 'audit', rows: { ruleMemories: 1, answers: 0, exports: 0 } }],
    );
  });

  it('tells the broker of each alert once it answers', async () => {
    audit.broker.isUp = true;
    await guesses('usr_told', 10);
    const { id } = await alertFor('usr_told');
    const published = await waitFor('the event', () => audit.broker.published.find(({ subject }) => subject === id));
    const { ruleId: told, severity, group } = eventTypes['alert.raised.v1'].parse(published.data);
    assert.deepEqual([told, severity, group], [ruleId, 'warning', 'usr_told']);
    assert.equal(published.type, 'alert.raised.v1');
    assert.equal(audit.broker.published.filter(({ subject }) => subject === id).length, 1);
  });
});
