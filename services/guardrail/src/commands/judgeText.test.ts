import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  cloudEventSchema,
  consentPurposes,
  defaultGuardrailRuleset,
  type GuardrailVerdict,
  newId,
} from '@todo-chatbot/contracts';
import {
  auditEntries,
  createTestClock,
  createTestDataKeys,
  startTestDatabase,
  type TestDatabase,
} from '@todo-chatbot/local-platform/testing';
import { ProblemError, prismaOptions, runInRequestContext, serviceContext } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { createPostgresDecisionStore } from '../adapters/postgresDecisionStore.ts';
import { type JudgeTextParts, judgeText } from './judgeText.ts';

let database: TestDatabase;
let prisma: PrismaClient;
before(async () => {
  database = await startTestDatabase({ service: 'guardrail' });
  prisma = new PrismaClient({ adapter: new PrismaPg(database.pool), ...prismaOptions });
});
after(async () => {
  await prisma.$disconnect();
  await database.close();
});

const settings = { version: 7, ruleset: defaultGuardrailRuleset, changedBy: null, changedAt: null };

/** Judges as told, and gives what was counted. */
function partsJudging(verdict: GuardrailVerdict, changes: Partial<JudgeTextParts> = {}) {
  const counted: unknown[] = [];
  const shadowed: GuardrailVerdict[] = [];
  const isFound = verdict !== 'allow';
  const found = {
    verdict,
    layer: isFound ? ('classifier' as const) : null,
    reason: isFound ? 'attack' : null,
    score: 0.4,
    ruleVersion: 'test',
    masked: verdict === 'mask' ? '***' : null,
  };
  const parts: JudgeTextParts = {
    guard: { layers: [], judge: () => found, examine: () => ({ ...found, findings: [], readings: [] }) },
    settings: { current: () => settings },
    store: createPostgresDecisionStore({ prisma }),
    scores: { count: (one) => void counted.push(one) },
    shadow: { observe: (_toJudge, seen) => void shadowed.push(seen) },
    clock: createTestClock('2026-11-23T07:00:00.000Z'),
    boxes: createTestDataKeys('guardrail').boxes('guardrail'),
    ...changes,
  };
  return { parts, counted, shadowed };
}

const newUser = () => ({ userId: newId('user'), consents: consentPurposes, accessVersion: 0 });

/** Judges in the name of the service, whose audit entries are asked for by the judgement. */
async function judge(parts: JudgeTextParts, direction: 'input' | 'document' | 'output', user = newUser()) {
  const judgement = await runInRequestContext(serviceContext('guardrail'), () =>
    judgeText(parts, { user, direction, text: 'some text' }),
  );
  const count = async (table: string) =>
    (await database.ownerPool.query(`SELECT FROM ${table} WHERE user_id = $1`, [user.userId])).rowCount;
  const { rows } = await database.ownerPool.query(
    "SELECT event FROM outbox WHERE event -> 'data' -> 'object' ->> 'id' = $1",
    [judgement.id],
  );
  const entries = auditEntries(rows.map(({ event }) => cloudEventSchema.parse(event)));
  return { judgement, decisions: await count('decisions'), texts: await count('quarantined_texts'), entries };
}

for (const direction of ['input', 'document'] as const) {
  test(`a ${direction} that is warned of passes, with a decision, its text, and an entry of success (GUARD-5)`, async () => {
    const { parts, counted, shadowed } = partsJudging('warn');
    const { judgement, decisions, texts, entries } = await judge(parts, direction);
    assert.deepEqual([judgement.verdict, judgement.settingsVersion], ['warn', 7]);
    assert.deepEqual([decisions, texts], [1, 1]);
    assert.deepEqual(
      entries.map(({ action, category, success, reason, retentionClass }) => [
        action,
        category,
        success,
        reason,
        retentionClass,
      ]),
      [['guardrail.warn', 'security', true, 'classifier:attack', 'security']],
    );
    assert.deepEqual(counted, [{ direction, verdict: 'warn', score: 0.4 }]);
    assert.deepEqual(shadowed, ['warn']);
  });
}

test('a reply that is masked has a decision and an entry, and no text, whatever its reader agreed to', async () => {
  const { judgement, decisions, texts, entries } = await judge(partsJudging('mask').parts, 'output');
  assert.equal(judgement.masked, '***');
  assert.deepEqual([decisions, texts], [1, 0]);
  assert.equal(entries[0]?.action, 'guardrail.mask');
});

test('what is allowed leaves numbers alone, and asks for no key', async () => {
  const boxes = { of: () => Promise.reject(new ProblemError('upstream.unavailable')) };
  const { parts, counted } = partsJudging('allow', { boxes });
  const { decisions, texts, entries } = await judge(parts, 'input');
  assert.deepEqual([decisions, texts, entries], [0, 0, []]);
  assert.equal(counted.length, 1);
});

test('attack: a warning that cannot be kept is no verdict, and is counted as none (PRIN-6, PRIN-7)', async () => {
  const store = { keep: () => Promise.reject(new Error('no database')) };
  const { parts, counted, shadowed } = partsJudging('warn', { store });
  await assert.rejects(judge(parts, 'input'), /no database/);
  assert.deepEqual([counted, shadowed], [[], []]);
});
