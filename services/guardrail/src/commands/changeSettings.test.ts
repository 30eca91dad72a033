import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultGuardrailRuleset, newId } from '@todo-chatbot/contracts';
import { createTestClock } from '@todo-chatbot/local-platform/testing';
import { runInRequestContext, serviceContext } from '@todo-chatbot/service-kit';
import { createChangeSettings } from './changeSettings.ts';

test('a change that was saved is told as saved, though it cannot be read back at once', async () => {
  let isSaved = false;
  const change = createChangeSettings({
    store: {
      async add() {
        isSaved = true;
        return true;
      },
    },
    record: async () => undefined,
    settings: {
      current: () => ({ version: 4, ruleset: defaultGuardrailRuleset, changedBy: null, changedAt: null }),
      async refresh() {
        if (isSaved) throw new Error('the database is gone');
      },
    },
    clock: createTestClock('2026-11-23T07:00:00.000Z'),
  });
  const { version } = await runInRequestContext(serviceContext('guardrail'), () =>
    change({ userId: newId('user'), version: 4, ruleset: defaultGuardrailRuleset }),
  );
  assert.equal(version, 5);
});
