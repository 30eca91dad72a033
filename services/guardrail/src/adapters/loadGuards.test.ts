import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadGuards } from './loadGuards.ts';

const modelFile = new URL('../../model/guardrail.model', import.meta.url);
let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-trial-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function load(trialFile: string | undefined) {
  const logged: unknown[] = [];
  const guards = loadGuards({ trialFile, logger: { error: (...line: unknown[]) => void logged.push(line) } });
  return { ...guards, logged };
}

test('without a file there is no trial; the model in force has the shares of ten tenths to see a drift by', async () => {
  const { model, trial, logged } = await load(undefined);
  assert.equal(trial, null);
  assert.equal(model.referenceScores.length, 10);
  assert.ok(Math.abs(model.referenceScores.reduce((sum, share) => sum + share, 0) - 1) < 0.01);
  assert.deepEqual(logged, []);
});

test('a model on trial judges by itself, beside the one in force', async () => {
  const file = join(folder, 'trial.model');
  await writeFile(file, await readFile(modelFile));
  const { guard, model, trial } = await load(file);
  assert.equal(trial?.model.version, model.version);
  const toJudge = { text: 'buy milk', direction: 'input' as const };
  assert.deepEqual(trial?.guard.judge(toJudge), guard.judge(toJudge));
});

test('attack: a damaged, foreign or missing file on trial keeps nobody from being judged, and is reported', async () => {
  const bytes = await readFile(modelFile);
  const damaged = Buffer.from(bytes);
  damaged[damaged.length - 100] = (damaged[damaged.length - 100] ?? 0) ^ 1;
  for (const [name, content] of Object.entries({ damaged, empty: Buffer.alloc(0), text: Buffer.from('no model') })) {
    const file = join(folder, name);
    await writeFile(file, content);
    const { guard, trial, logged } = await load(file);
    assert.equal(trial, null, name);
    assert.equal(logged.length, 1, name);
    assert.equal(guard.judge({ text: 'buy milk', direction: 'input' }).verdict, 'allow');
  }
  assert.equal((await load(join(folder, 'nothing'))).trial, null);
});
