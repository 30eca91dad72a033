import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeRequestSchema, knownTextsLimit } from '@todo-chatbot/contracts';
import { knownTexts } from '../src/domain/knownTexts.ts';
import type { Reply } from '../src/domain/replies.ts';
import { makeTask } from './support/fakeTasks.ts';

/** The body limit of the guardrail's route. */
const bodyLimitBytes = 128 * 1024;

describe('what a person may be told again', () => {
  const listing = (tag: number, titleLength: number): Reply => ({
    template: 'task.choose',
    tasks: Array.from({ length: 20 }, (_, index) => makeTask({ title: `${tag} ${index} ${'字'.repeat(titleLength)}` })),
  });

  it('is their message first, then each title and list once', () => {
    const task = makeTask({ title: 'milk', listName: 'Shopping' });
    const replies: Reply[] = [
      { template: 'task.added', task },
      { template: 'task.listed', tasks: [task], total: 1, status: 'open', listName: 'Errands' },
    ];
    assert.deepEqual(knownTexts('add milk', replies), ['add milk', 'milk', 'Shopping', 'Errands']);
    assert.deepEqual(knownTexts('hello', [{ template: 'chat.greeting' }]), ['hello']);
  });

  it('attack: however much is told at once, the guardrail can read it', () => {
    for (const length of [1, 100, 480]) {
      const known = knownTexts(
        '字'.repeat(4_000),
        Array.from({ length: 30 }, (_, tag) => listing(tag, length)),
      );
      assert.ok(known.length > 10 && known.length <= knownTextsLimit);
      const request = { direction: 'output', text: '字'.repeat(8_000), context: { instructions: null, known } };
      judgeRequestSchema.parse(request);
      assert.ok(Buffer.byteLength(JSON.stringify(request)) < bodyLimitBytes);
    }
  });
});
