import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Alert, type AlertRule, newId, problemSchema, type Role } from '@todo-chatbot/contracts';
import { type Gateway, startGateway } from './support/gateway.ts';

const alert: Alert = {
  id: newId('alert'),
  ruleId: 'token-replay',
  title: 'A used refresh token came back',
  severity: 'high',
  group: null,
  count: 1,
  firstAt: '2026-11-26T12:00:00.000Z',
  lastAt: '2026-11-26T12:00:00.000Z',
  entryIndexes: [7],
  state: 'open',
  acknowledgedBy: null,
  acknowledgedAt: null,
  resolution: null,
};
const rule: AlertRule = {
  id: 'token-replay',
  title: 'A used refresh token came back',
  kind: 'threshold',
  match: {},
  groupBy: 'object',
  enabled: true,
  severity: 'high',
  threshold: 1,
  windowSeconds: 60,
  version: 0,
  changedBy: null,
  changedAt: null,
};
const change = { enabled: true, severity: 'info', threshold: 2, windowSeconds: 60, version: 0 };
const trial = { from: '2026-11-26T12:00:00.000Z', to: '2026-11-26T13:00:00.000Z' };

/** Every operation, where it goes, and who may not. */
const operations = [
  { at: 'GET /api/v1/alerts', to: 'GET /v1/alerts', answer: { items: [alert], nextCursor: null }, no: 'user' },
  {
    at: `POST /api/v1/alerts/${alert.id}/acknowledge`,
    to: `POST /v1/alerts/acknowledge/${alert.id}`,
    body: { resolution: 'handled' },
    answer: alert,
    no: 'viewer',
  },
  { at: 'GET /api/v1/alert-rules', to: 'GET /v1/alert-rules', answer: { items: [rule] }, no: 'user' },
  {
    at: `PUT /api/v1/alert-rules/${rule.id}`,
    to: `PUT /v1/alert-rules/rule_${rule.id}`,
    body: change,
    answer: rule,
    no: 'viewer',
  },
  {
    at: `POST /api/v1/alert-rules/${rule.id}/trial`,
    to: `POST /v1/alert-rules/trial/rule_${rule.id}`,
    body: trial,
    answer: { alerts: [], examined: 0, isPartial: false },
    no: 'user',
  },
] as const;

describe('Alerts and their rules at the door (OBS-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
    for (const { to, answer } of operations) gateway.mesh.auditAnswers.set(to, answer);
  });
  after(() => gateway.close());

  const send = async (
    operation: (typeof operations)[number],
    as: { roles: readonly Role[]; authenticatedAt?: Date },
  ) => {
    const [method = '', path = ''] = operation.at.split(' ');
    const token = await gateway.mesh.tokenFor(as);
    return gateway.call(method, path, { token, ...('body' in operation ? { body: operation.body } : {}) });
  };

  for (const operation of operations) {
    it(`${operation.at.replace(alert.id, '{id}')} 200: asks the audit service`, async () => {
      const answer = await send(operation, { roles: ['editor'] });
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(answer.body, operation.answer);
      const asked = gateway.mesh.callsTo('audit').at(-1);
      assert.equal(`${asked?.method} ${asked?.path}`, operation.to);
      assert.deepEqual(asked?.body, 'body' in operation ? operation.body : undefined);
    });

    it(`${operation.at.replace(alert.id, '{id}')} 403: attack: as ${operation.no}`, async () => {
      const before = gateway.mesh.calls.length;
      const answer = await send(operation, { roles: [operation.no] });
      assert.deepEqual([answer.status, problemSchema.parse(answer.body).code], [403, 'access.permission-denied']);
      assert.equal(gateway.mesh.calls.length, before);
    });
  }

  it('401: attack: a stolen session changes a rule without a fresh proof of its owner; looking needs none', async () => {
    const authenticatedAt = new Date(Date.now() - 11 * 60_000);
    for (const operation of operations) {
      const answer = await send(operation, { roles: ['editor'], authenticatedAt });
      if (!operation.at.startsWith('PUT')) assert.equal(answer.status, 200);
      else assert.deepEqual([answer.status, problemSchema.parse(answer.body).code], [401, 'auth.step-up-required']);
    }
  });
});
