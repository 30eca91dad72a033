import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { concludeTurn, planTurn } from '../src/domain/dialogue.ts';
import { type DialogueState, dialogueStateSchema } from '../src/domain/dialogueState.ts';
import { renderReplies } from '../src/domain/replies.ts';
import { makeTask } from './support/fakeTasks.ts';
import { memoryChat } from './support/memoryChat.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const tasks = ['milk', 'eggs', 'call mum', 'call the bank', 'yes', 'delete everything'].map((title) =>
  makeTask({ title }),
);
const ids = tasks.map(({ id }) => id);
const someIds = fc.subarray(ids);
const askedAt = fc.constantFrom(now.toISOString(), '2026-11-22T09:00:00.000Z');
const act = fc.constantFrom('complete' as const, 'delete' as const);

const pending = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('confirm' as const), act, taskIds: someIds, askedAt }),
  fc.record({
    kind: fc.constant('add' as const),
    newTasks: fc.array(fc.constant({ title: 'tea', listName: null, due: null }), { minLength: 1, maxLength: 10 }),
    askedAt,
  }),
  fc.record({ kind: fc.constant('choose' as const), act, taskIds: someIds, askedAt }),
  fc.record({ kind: fc.constant('which' as const), act, askedAt }),
  fc.record({ kind: fc.constant('title' as const), listName: fc.constant(null), due: fc.constant(null), askedAt }),
);
const state: fc.Arbitrary<DialogueState> = fc.record({ pending, listedIds: someIds, focusIds: someIds });

const reference = fc.record(
  {
    ordinal: fc.integer({ min: -3, max: 9 }),
    words: fc.constantFrom('milk', 'call', 'yes', 'nothing like it', ''),
    pronoun: fc.constantFrom('it' as const, 'them' as const),
    all: fc.boolean(),
    status: fc.constantFrom('open' as const, 'done' as const),
  },
  { requiredKeys: [] },
);
const command = fc.oneof(
  fc.record({ kind: fc.constantFrom('complete_task' as const, 'delete_task' as const), reference }),
  fc.record({
    kind: fc.constant('add_task' as const),
    title: fc.option(fc.string({ maxLength: 600 })),
    listName: fc.option(fc.string({ maxLength: 90 })),
    due: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('list_tasks' as const),
    listName: fc.option(fc.string({ maxLength: 90 })),
    status: fc.constantFrom('open' as const, 'done' as const, 'all' as const),
    dueWithin: fc.constant(null),
  }),
);
const intent = fc.constantFrom(
  ...(['greet', 'add_task', 'list_tasks', 'complete_task', 'delete_task', 'affirm', 'deny', 'out_of_scope'] as const),
);
// Whatever a model may make of a text: intent and commands need not even fit it.
const understood = fc.record({ intent, commands: fc.array(command, { maxLength: 14 }) });
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    'no',
    'Yes!',
    'yes, delete them all',
    '1',
    'all',
    'both',
    'the second one',
    'ok',
    'delete milk',
  ),
  fc.string({ maxLength: 60 }),
);

/** Written here apart from the dialogue's own list. */
const plainYes =
  /^\W*(y|yes|yes please|yep|yeah|sure|ok|okay|confirm|confirmed|do it|go ahead|yes,? do it|yes,? go ahead|yes,? delete (it|them))\W*$/i;

describe('Dialogue, whatever the understanding says (CHAT-3, CHAT-5)', () => {
  it('deletes only what an open question named, and only on a plain yes', () => {
    fc.assert(
      fc.property(text, understood, state, fc.boolean(), (said, reading, before, isSuspect) => {
        const plan = planTurn({
          text: said,
          understood: reading,
          state: before,
          tasks,
          now,
          timeZone: 'UTC',
          isSuspect,
        });
        const deleted = plan.steps.flatMap((step) => (step.kind === 'delete' ? step.tasks : []));
        if (deleted.length === 0) return;
        const asked = before.pending;
        assert.ok(asked?.kind === 'confirm' && asked.act === 'delete');
        assert.equal(asked.askedAt, now.toISOString(), 'the question is fresh');
        assert.match(said.normalize('NFKC'), plainYes);
        assert.ok(deleted.every(({ id }) => asked.taskIds.includes(id)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('touches several tasks at once only on a plain yes', () => {
    fc.assert(
      fc.property(text, understood, state, fc.boolean(), (said, reading, before, isSuspect) => {
        const plan = planTurn({
          text: said,
          understood: reading,
          state: before,
          tasks,
          now,
          timeZone: 'UTC',
          isSuspect,
        });
        const isBulk = plan.steps.some((step) => step.kind === 'complete' && step.tasks.length > 1);
        if (isBulk) assert.match(said.normalize('NFKC'), plainYes);
      }),
      { numRuns: 3_000 },
    );
  });

  it('attack: a message that the guardrail warns of adds one task at most and changes none, but on a plain yes (GUARD-1)', () => {
    fc.assert(
      fc.property(text, understood, state, (said, reading, before) => {
        const input = { text: said, understood: reading, state: before, tasks, now, timeZone: 'UTC', isSuspect: true };
        const acts = planTurn(input).steps.filter(({ kind }) => kind !== 'say');
        const isPlainAddition = acts.length === 0 || (acts.length === 1 && acts[0]?.kind === 'create');
        if (!isPlainAddition) assert.match(said.normalize('NFKC'), plainYes);
      }),
      { numRuns: 3_000 },
    );
  });

  it('always answers, within the limits, and leaves a state that can be stored', () => {
    fc.assert(
      fc.property(text, understood, state, fc.boolean(), (said, reading, before, isSuspect) => {
        const plan = planTurn({
          text: said,
          understood: reading,
          state: before,
          tasks,
          now,
          timeZone: 'UTC',
          isSuspect,
        });
        const outcomes = plan.steps.map((step) => {
          if (step.kind === 'say') return null;
          return step.kind === 'create'
            ? { tasks: [makeTask({ title: step.title })], gone: [] }
            : { tasks: step.tasks.slice(1), gone: step.tasks.slice(0, 1) };
        });
        const concluded = concludeTurn(before, plan, outcomes);
        const reply = renderReplies(concluded.replies, { now, timeZone: 'UTC' }, 8_000);
        assert.ok(reply.length > 0 && reply.length <= 8_000);
        assert.ok(concluded.tasks.length <= 50);
        dialogueStateSchema.parse(concluded.state);
      }),
      { numRuns: 3_000 },
    );
  });

  it('never throws on what people type, one message after another', () => {
    const phrases = fc.constantFrom(
      'add milk',
      'add a task',
      'show my tasks',
      'complete it',
      'delete it',
      'delete call',
      'complete the second one',
      'delete all my tasks',
      'yes',
      'no',
      '2',
      'both',
      'the last',
      'hello',
      '1 and 2',
      '💥',
      'delete',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(phrases, fc.string({ minLength: 1 })), { maxLength: 12 }), (messages) => {
        const chat = memoryChat(['call mum', 'call the bank', 'milk'].map((title) => makeTask({ title })));
        for (const message of messages) assert.ok(chat.say(message).text.length > 0);
      }),
      { numRuns: 500 },
    );
  });
});
