import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultGuardrailRuleset, type GuardrailSettings } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { createSettingsInForce } from './settingsInForce.ts';

const settingsOf = (version: number): GuardrailSettings => ({
  version,
  ruleset: defaultGuardrailRuleset,
  changedBy: null,
  changedAt: null,
});
const logger = { warn: () => undefined };

test('attack: nobody is judged by settings that were never read (PRIN-6)', async () => {
  const store = { newerThan: () => Promise.reject(new Error('no database')) };
  const settings = createSettingsInForce({ store, logger });
  await settings.start();
  try {
    assert.equal(settings.isLoaded(), false);
    assert.throws(() => settings.current(), ProblemError);
  } finally {
    await settings.close();
  }
});

test('while the database does not answer, the settings that are known stay in force', async () => {
  let answer = async (): Promise<GuardrailSettings | null> => settingsOf(4);
  const settings = createSettingsInForce({ store: { newerThan: () => answer() }, logger });
  await settings.refresh();
  answer = () => Promise.reject(new Error('no database'));
  await assert.rejects(settings.refresh());
  assert.equal(settings.current().version, 4);
});

test('a slow read of before brings no older version back', async () => {
  const slow = Promise.withResolvers<GuardrailSettings | null>();
  const answers = [slow.promise, Promise.resolve(settingsOf(2))];
  const settings = createSettingsInForce({
    store: { newerThan: () => answers.shift() ?? Promise.resolve(null) },
    logger,
  });
  const first = settings.refresh();
  await settings.refresh();
  slow.resolve(settingsOf(1));
  await first;
  assert.equal(settings.current().version, 2);
});
