import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  defaultGuardrailRuleset,
  type GuardrailDecision,
  type GuardrailSettings,
  newId,
  problemSchema,
  type Role,
} from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { type Gateway, startGateway } from './support/gateway.ts';

const id = newId('judgement');
const settings: GuardrailSettings = {
  version: 0,
  ruleset: defaultGuardrailRuleset,
  changedBy: null,
  changedAt: null,
};
const decision: GuardrailDecision = {
  id,
  userId: newId('user'),
  direction: 'input',
  verdict: 'block',
  layer: 'pattern',
  reason: 'ignore-instructions',
  score: 0.9,
  ruleVersion: 'test',
  settingsVersion: 0,
  textLength: 20,
  isTextKept: true,
  personLabel: null,
  reviewLabel: null,
  createdAt: '2026-11-26T12:00:00.000Z',
};
const status = {
  ruleVersion: 'test',
  modelVersion: 'test',
  shadow: null,
  drift: { index: null, judged: 0, leastJudged: 1_000, limit: 0.25 },
};
const trial = {
  verdict: 'allow',
  findings: [],
  score: 0,
  ruleVersion: 'test',
  masked: null,
  readings: ['buy milk'],
};
const change = { version: 0, ruleset: defaultGuardrailRuleset };
const preview = { changes: [{ from: 'block', to: 'allow', count: 2 }], textsRead: 1, textsKept: 1 };
const line = { id, text: 'refused', label: 1, direction: 'input' };

/** Every operation, where it goes, who may, and who may not. */
const operations: readonly {
  readonly at: string;
  readonly to: string;
  readonly body?: object;
  readonly answer: unknown;
  readonly yes: Role;
  readonly no: Role;
}[] = [
  {
    at: 'GET /api/v1/guardrail/settings',
    to: 'GET /v1/settings',
    answer: settings,
    yes: 'viewer',
    no: 'user',
  },
  {
    at: 'GET /api/v1/guardrail/settings/history',
    to: 'GET /v1/settings-history',
    answer: { items: [settings] },
    yes: 'viewer',
    no: 'user',
  },
  {
    at: 'PUT /api/v1/guardrail/settings',
    to: 'PUT /v1/settings',
    body: change,
    answer: settings,
    yes: 'editor',
    no: 'viewer',
  },
  {
    at: 'POST /api/v1/guardrail/settings/preview',
    to: 'POST /v1/settings-preview',
    body: { ruleset: defaultGuardrailRuleset },
    answer: preview,
    yes: 'editor',
    no: 'viewer',
  },
  {
    at: 'POST /api/v1/guardrail/trials',
    to: 'POST /v1/trials',
    body: { direction: 'input', text: 'buy milk' },
    answer: trial,
    yes: 'viewer',
    no: 'user',
  },
  {
    at: 'GET /api/v1/guardrail/decisions',
    to: 'GET /v1/decisions',
    answer: { items: [decision], nextCursor: null },
    yes: 'viewer',
    no: 'user',
  },
  {
    at: `GET /api/v1/guardrail/decisions/${id}/text`,
    to: `GET /v1/decision-texts/${id}`,
    answer: { id, text: 'refused' },
    yes: 'editor',
    no: 'viewer',
  },
  {
    at: `PUT /api/v1/guardrail/decisions/${id}/label`,
    to: `PUT /v1/decision-labels/${id}`,
    body: { label: 'attack' },
    answer: decision,
    yes: 'editor',
    no: 'viewer',
  },
  {
    at: 'GET /api/v1/guardrail/evaluation',
    to: 'GET /v1/evaluation',
    answer: { items: [line], nextCursor: null },
    yes: 'editor',
    no: 'viewer',
  },
  {
    at: 'GET /api/v1/guardrail/status',
    to: 'GET /v1/status',
    answer: status,
    yes: 'viewer',
    no: 'user',
  },
  {
    at: `PUT /api/v1/chat/refusals/${id}/feedback`,
    to: `PUT /v1/decision-feedback/${id}`,
    body: { label: 'harmless' },
    answer: undefined,
    yes: 'user',
    no: 'editor',
  },
];

describe('The guardrail’s operation at the door (GUARD-5)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
    for (const { to, answer } of operations) gateway.mesh.guardrailAnswers.set(to, answer);
  });
  after(() => gateway.close());

  type Claims = { roles: readonly Role[]; authenticatedAt?: Date };
  const send = async ({ at, body }: (typeof operations)[number], as: Claims) => {
    const [method = '', path = ''] = at.split(' ');
    const token = await gateway.mesh.tokenFor(as);
    return gateway.call(method, path, { token, ...(body === undefined ? {} : { body }) });
  };

  for (const operation of operations) {
    const { at, to, body, answer: expected, yes, no } = operation;
    const name = at.replace(id, '{id}');

    it(`${name}: asks the guardrail for ${yes}`, async () => {
      const answer = await send(operation, { roles: [yes] });
      assert.equal(answer.status, expected === undefined ? 204 : 200, answer.text);
      if (expected !== undefined) assert.deepEqual(answer.body, expected);
      const asked = gateway.mesh.callsTo('guardrail').at(-1);
      assert.equal(`${asked?.method} ${asked?.path}`, to);
      assert.deepEqual(asked?.body, body);
    });

    it(`${name} 403: attack: as ${no}`, async () => {
      const before = gateway.mesh.calls.length;
      const answer = await send(operation, { roles: [no] });
      assert.deepEqual([answer.status, problemSchema.parse(answer.body).code], [403, 'access.permission-denied']);
      assert.equal(gateway.mesh.calls.length, before);
    });
  }

  it('401: attack: a stolen session changes the settings without a fresh proof of its owner; looking needs none', async () => {
    const authenticatedAt = new Date(Date.now() - 11 * 60_000);
    for (const operation of operations) {
      const answer = await send(operation, { roles: [operation.yes], authenticatedAt });
      if (!operation.at.endsWith('PUT /api/v1/guardrail/settings')) assert.ok(answer.status < 300, operation.at);
      else assert.deepEqual([answer.status, problemSchema.parse(answer.body).code], [401, 'auth.step-up-required']);
    }
  });

  it('the longest rulesets and texts of the contract get through', async () => {
    const customPatterns = Array.from({ length: 100 }, (_, index) => {
      return { name: `phrase-${index}`, phrase: '明'.repeat(200), action: 'block' };
    });
    const ruleset = { ...defaultGuardrailRuleset, customPatterns };
    const longest: Readonly<Record<string, object>> = {
      'PUT /v1/settings': { version: 0, ruleset },
      'POST /v1/settings-preview': { ruleset },
      'POST /v1/trials': { direction: 'input', text: '明'.repeat(16_000), ruleset },
    };
    for (const operation of operations) {
      const body = longest[operation.to];
      if (body === undefined) continue;
      assert.equal((await send({ ...operation, body }, { roles: [operation.yes] })).status, 200, operation.at);
      assert.deepEqual(gateway.mesh.callsTo('guardrail').at(-1)?.body, body);
    }
  });

  it('409 and 404 of the guardrail reach whoever asks, with their codes', async () => {
    const byPath = new Map(operations.map((operation) => [operation.to, operation]));
    for (const [to, code] of [
      ['PUT /v1/settings', 'guardrail.changed-meanwhile'],
      [`PUT /v1/decision-feedback/${id}`, 'guardrail.decision-not-found'],
    ] as const) {
      gateway.mesh.refuse('guardrail', new ProblemError(code));
      const operation = byPath.get(to) ?? assert.fail(to);
      const answer = await send(operation, { roles: [operation.yes] });
      assert.equal(problemSchema.parse(answer.body).code, code);
    }
  });
});
