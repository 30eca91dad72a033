import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Command, type Intent, understand } from '../src/index.ts';

const timeZone = 'Europe/Berlin';
/** A Friday, 11:00 in Berlin. */
const now = new Date('2026-11-20T10:00:00Z');

const read = (text: string) => understand(text, { now, timeZone });

function adds(
  text: string,
): { title: string | null; list: string | null; due: string | null; hasTime: boolean | null }[] {
  return read(text).commands.map((command) => {
    assert.equal(command.kind, 'add_task', text);
    return command.kind === 'add_task'
      ? {
          title: command.title,
          list: command.listName,
          due: command.due?.at ?? null,
          hasTime: command.due?.hasTime ?? null,
        }
      : assert.fail(text);
  });
}

function assertAdds(
  text: string,
  ...wanted: { title: string | null; list?: string; due?: string; day?: string }[]
): void {
  const expected = wanted.map(({ title, list, due, day }) => ({
    title,
    list: list ?? null,
    due: due ?? (day ? `${day}T11:00:00.000Z` : null),
    hasTime: due ? true : day ? false : null,
  }));
  assert.deepEqual(adds(text), expected, text);
}

describe('adding tasks (CHAT-1, CHAT-2)', () => {
  test('finds title, list and due time, due in the zone of the person', () => {
    const { intent, commands } = read('add buy milk to my shopping list for tomorrow at 5pm');
    assert.equal(intent, 'add_task');
    assert.deepEqual(commands, [
      {
        kind: 'add_task',
        title: 'buy milk',
        listName: 'shopping',
        due: { at: '2026-11-21T16:00:00.000Z', hasTime: true, text: 'tomorrow at 5pm' },
      },
    ]);
  });

  const cases: readonly [string, ...{ title: string | null; list?: string; due?: string; day?: string }[]][] = [
    ['remind me to send the report on Friday at 9', { title: 'send the report', due: '2026-11-27T08:00:00.000Z' }],
    ['I need to call mom tonight', { title: 'call mom', day: '2026-11-20' }],
    ['put eggs on the groceries list', { title: 'eggs', list: 'groceries' }],
    ['new task: pay rent every month', { title: 'pay rent every month' }],
    ["don't forget to water the plants", { title: 'water the plants' }],
    ['Hey, could you please add laundry to my to do list, thanks', { title: 'laundry' }],
    ['on my shopping list, please add ham', { title: 'ham', list: 'shopping' }],
    ['tomorrow at 9 remind me to take the pills', { title: 'take the pills', due: '2026-11-21T08:00:00.000Z' }],
    ['remind me tomorrow to call Bob at 5', { title: 'call Bob', due: '2026-11-21T16:00:00.000Z' }],
    ['remind me in 2 hours to check the oven', { title: 'check the oven', due: '2026-11-20T12:00:00.000Z' }],
    ['set a reminder for nine pm to lock the door', { title: 'lock the door', due: '2026-11-20T20:00:00.000Z' }],
    ['I have a meeting tomorrow at ten am, please remind me', { title: 'a meeting', due: '2026-11-21T09:00:00.000Z' }],
    ["remind me about tomorrow's meeting at ten", { title: "tomorrow's meeting", due: '2026-11-21T09:00:00.000Z' }],
    ['add meeting with Ann @ 3pm tomorrow', { title: 'meeting with Ann', due: '2026-11-21T14:00:00.000Z' }],
    ['remind me to pay the 50 dollar bill on the 5th', { title: 'pay the 50 dollar bill', day: '2026-12-05' }],
    ['remind me to call Dr. Smith at 5 p.m. tomorrow', { title: 'call Dr. Smith', due: '2026-11-21T16:00:00.000Z' }],
    ['add paint the fence to the list called summer house', { title: 'paint the fence', list: 'summer house' }],
    ['add "call Tomorrow Inc" to my work list', { title: 'call Tomorrow Inc', list: 'work' }],
    ['add a task', { title: null }],
    ['create a new packing list', { title: null, list: 'packing' }],
  ];
  for (const [text, ...wanted] of cases) test(text, () => assertAdds(text, ...wanted));
});

describe('dates that are not due dates stay in the title (CHAT-2)', () => {
  for (const title of [
    'read 1984',
    'buy 2 May balloons',
    'Friday report',
    'call Monday Inc',
    'watch the sun',
    'water plants every monday',
    'write about yesterday',
  ]) {
    test(title, () => assertAdds(`add ${title}`, { title }));
  }
  test('a due date behind such a title is still found', () =>
    assertAdds('add call Monday Inc tomorrow', { title: 'call Monday Inc', day: '2026-11-21' }));
});

describe('several tasks in one message (CHAT-3)', () => {
  const cases: readonly [string, ...{ title: string; list?: string; due?: string; day?: string }[]][] = [
    ['add milk and eggs to my shopping list', { title: 'milk', list: 'shopping' }, { title: 'eggs', list: 'shopping' }],
    [
      'remind me to call Bob at 5 and to pay rent on Monday',
      { title: 'call Bob', due: '2026-11-20T16:00:00.000Z' },
      { title: 'pay rent', day: '2026-11-23' },
    ],
    [
      'add buy milk tomorrow and call mom on Monday',
      { title: 'buy milk', day: '2026-11-21' },
      { title: 'call mom', day: '2026-11-23' },
    ],
    ['add mac and cheese to my shopping list', { title: 'mac and cheese', list: 'shopping' }],
    ['remind me to buy milk, eggs and bread', { title: 'buy milk, eggs and bread' }],
    ['remind me to wash the car and put gas in it', { title: 'wash the car and put gas in it' }],
    ['Add milk. Then add bread tomorrow.', { title: 'milk' }, { title: 'bread', day: '2026-11-21' }],
  ];
  for (const [text, ...wanted] of cases) test(text, () => assertAdds(text, ...wanted));

  test('"it" after a named list is that list', () => {
    assert.deepEqual(read('add milk to my shopping list and remove eggs from it').commands, [
      { kind: 'add_task', title: 'milk', listName: 'shopping', due: null },
      { kind: 'delete_task', reference: { words: 'eggs', listName: 'shopping' } },
    ]);
  });
});

describe('listing (CHAT-1)', () => {
  const day = (date: string, next: string) => ({ from: `${date}T23:00:00.000Z`, to: `${next}T23:00:00.000Z` });
  const cases: readonly [string, Partial<Extract<Command, { kind: 'list_tasks' }>>][] = [
    ["what's on my list?", {}],
    ['show my tasks for tomorrow', { dueWithin: day('2026-11-20', '2026-11-21') }],
    ['what do I have to do this week', { dueWithin: day('2026-11-15', '2026-11-22') }],
    ['what do I have this weekend?', { dueWithin: day('2026-11-20', '2026-11-22') }],
    ["what's due in the next 3 days", { dueWithin: day('2026-11-19', '2026-11-23') }],
    ['anything due today?', { dueWithin: day('2026-11-19', '2026-11-20') }],
    ['can you read me my grocery list please', { listName: 'grocery' }],
    ['is milk on my shopping list', { listName: 'shopping' }],
    ['show completed tasks', { status: 'done' }],
    ['show all my tasks including finished ones', { status: 'all' }],
    ['my tasks', {}],
    ['which tasks are overdue', { dueWithin: { from: '1970-01-01T00:00:00.000Z', to: now.toISOString() } }],
  ];
  for (const [text, wanted] of cases) {
    test(text, () => {
      assert.deepEqual(read(text).commands, [
        { kind: 'list_tasks', listName: null, status: 'open', dueWithin: null, ...wanted },
      ]);
    });
  }
});

describe('completing and deleting (CHAT-1, CHAT-3)', () => {
  const cases: readonly [string, 'complete_task' | 'delete_task', ...object[]][] = [
    ['mark buy milk as done', 'complete_task', { words: 'buy milk' }],
    ["I've bought the milk", 'complete_task', { words: 'bought the milk' }],
    ['I finished the report', 'complete_task', { words: 'report' }],
    ['tick off the second one', 'complete_task', { ordinal: 2 }],
    ['done with 2', 'complete_task', { ordinal: 2 }],
    ['the last one is done', 'complete_task', { ordinal: -1 }],
    ['cross milk off my list', 'complete_task', { words: 'milk' }],
    ['mark everything on my shopping list as done', 'complete_task', { all: true, listName: 'shopping' }],
    ['done', 'complete_task', { pronoun: 'it' }],
    ['delete the milk task', 'delete_task', { words: 'milk' }],
    ['remove buy milk from my shopping list', 'delete_task', { words: 'buy milk', listName: 'shopping' }],
    ['scrap it', 'delete_task', { pronoun: 'it' }],
    ['delete both', 'delete_task', { pronoun: 'them' }],
    ['delete 1 and 3', 'delete_task', { ordinal: 1 }, { ordinal: 3 }],
    ['clear my shopping list', 'delete_task', { all: true, listName: 'shopping' }],
    ['clear completed tasks', 'delete_task', { all: true, status: 'done' }],
    ['delete everything', 'delete_task', { all: true }],
    ['delete a task', 'delete_task', {}],
    ['I no longer need the milk', 'delete_task', { words: 'milk' }],
  ];
  for (const [text, kind, ...references] of cases) {
    test(text, () =>
      assert.deepEqual(
        read(text).commands,
        references.map((reference) => ({ kind, reference })),
      ),
    );
  }
});

describe('small talk and what is none of ours (CHAT-1)', () => {
  const cases: readonly [Intent, readonly string[]][] = [
    ['greet', ['hi', 'Good morning!', 'hello there', 'how are you?']],
    ['help', ['help', 'what can you do?', 'how do I add a task', 'what can I ask you']],
    ['thanks', ['thanks a lot', 'Thank you!', 'I appreciate it']],
    ['goodbye', ['bye', 'see you later', "that's all for now", 'Thanks, goodbye']],
    ['affirm', ['yes', 'Yes, delete it', 'sure, go ahead', 'ok', 'sounds good', 'please do']],
    ['deny', ['no', "no, don't delete it", 'never mind', 'cancel', 'stop it', 'forget it', 'nope']],
    [
      'out_of_scope',
      [
        "what's the weather in Oslo",
        'play some jazz',
        'delete my account',
        'add this song to my playlist',
        'what should I do if my card is lost',
        'clear the table',
        '',
        '   ',
        '???',
      ],
    ],
  ];
  for (const [intent, texts] of cases) {
    for (const text of texts) test(`${intent}: ${text}`, () => assert.deepEqual(read(text), { intent, commands: [] }));
  }
});
