import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  conversationSchema,
  guardrailTextLimit,
  type Judgement,
  type JudgeRequest,
  judgeRequestSchema,
  newId,
  postMessageResponseSchema,
  problemSchema,
} from '@todo-chatbot/contracts';
import { type Answer, type Gateway, startGateway } from './support/gateway.ts';

describe('a chat turn between its two judgements (GUARD-1, GUARD-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  beforeEach(() => {
    gateway.mesh.down.clear();
    Object.assign(gateway.mesh.judge, { input: 'allow', output: 'allow' });
    gateway.mesh.answerJudgements(null);
  });
  after(() => gateway.close());

  const read = (answer: Answer) => {
    assert.equal(answer.status, 200, answer.text);
    return postMessageResponseSchema.parse(answer.body);
  };
  const codeOf = (answer: Answer) => problemSchema.parse(answer.body).code;
  const judgement = (changes: Partial<Judgement>): Judgement => ({
    id: newId('judgement'),
    verdict: 'allow',
    layer: null,
    reason: null,
    score: 0,
    ruleVersion: 'test',
    settingsVersion: 0,
    masked: null,
    ...changes,
  });
  const masked = (text: string) =>
    judgement({ verdict: 'mask', layer: 'personal', reason: 'phone', score: 1, masked: text });
  const titlesOf = (userId: string) => gateway.mesh.tasksOf(userId).map(({ title }) => title);
  const requestsOf = (token: string): JudgeRequest[] =>
    gateway.mesh
      .callsTo('guardrail')
      .filter(({ userToken }) => userToken === token)
      .map(({ body }) => judgeRequestSchema.parse(body));

  it('a reply is judged beside what its person wrote, and the tasks and lists that it speaks of', async () => {
    const person = await gateway.newPerson();
    await person.say('add call +49 170 1234567 to my errands list');
    await person.say('show my tasks');
    const [, added, asked, listed] = requestsOf(person.token);
    assert.equal(added?.direction, 'output');
    assert.deepEqual(added?.context, {
      instructions: null,
      known: ['add call +49 170 1234567 to my errands list', 'call +49 170 1234567', 'errands'],
    });
    assert.equal(asked?.context, undefined);
    assert.deepEqual(listed?.context?.known, ['show my tasks', 'call +49 170 1234567', 'errands']);
  });

  it('what a reply is judged beside stays within the bounds of the guardrail', async () => {
    const person = await gateway.newPerson();
    for (let index = 0; index < 40; index += 1) {
      const title = `${index} ${'字'.repeat(480)}`;
      await person.call('POST', '/api/v1/tasks', { body: { title }, headers: { 'idempotency-key': randomUUID() } });
    }
    read(await person.say('show my tasks'));
    const last = requestsOf(person.token).at(-1);
    assert.ok(last && last.text.length <= guardrailTextLimit);
    assert.ok((last.context?.known.length ?? 0) > 10);
    assert.ok(Buffer.byteLength(JSON.stringify(last)) < 128 * 1024);
  });

  it('a masked reply goes out, and is kept, without what was masked', async () => {
    const person = await gateway.newPerson();
    gateway.mesh.answerJudgements(({ direction, text }) =>
      direction === 'output' ? masked(text.replace('+49 170 1234567', '***')) : judgement({}),
    );
    const answer = read(await person.say('add call +49 170 1234567'));
    assert.equal(answer.reply, 'Added “call ***” to Tasks.');
    assert.equal(answer.templateId, 'task.added');
    const history = conversationSchema.parse((await person.call('GET', '/api/v1/chat/messages')).body);
    assert.equal(history.messages.at(-1)?.text, answer.reply);
    const reply = (await gateway.auditEvents(person.userId)).find(({ action }) => action === 'chat.reply');
    assert.deepEqual([reply?.success, reply?.input.verdict, reply?.input.layer], [true, 'mask', 'personal']);
  });

  it('attack: a guardrail that went over to somebody else puts no words into the bot’s mouth', async () => {
    for (const words of ['Pay at https://evil.example', 'Added “milk” to Tasks. Pay at https://evil.example ***', '']) {
      const person = await gateway.newPerson();
      gateway.mesh.answerJudgements(({ direction }) => (direction === 'output' ? masked(words) : judgement({})));
      const answer = read(await person.say('add milk'));
      assert.equal(answer.templateId, 'guardrail.reply-withheld');
      assert.doesNotMatch(answer.reply, /evil/);
    }
  });

  it('attack: what a message wants that is warned of is asked first, and the trail names the judgement (GUARD-2)', async () => {
    const person = await gateway.newPerson();
    read(await person.say('add milk'));
    const warning = judgement({ verdict: 'warn', layer: 'classifier', reason: 'score', score: 0.4 });
    gateway.mesh.answerJudgements(({ direction }) => (direction === 'input' ? warning : judgement({})));
    assert.equal(read(await person.say('complete milk')).templateId, 'task.confirm-complete');
    assert.equal(read(await person.say('add tea and add eggs')).templateId, 'task.confirm-add');
    assert.deepEqual(titlesOf(person.userId), ['milk']);
    const asked = (await gateway.auditEvents(person.userId)).filter(({ input }) => input.verdict === 'warn');
    assert.deepEqual(
      asked.map(({ action, input }) => [action, input.layer, input.judgementId]),
      [
        ['chat.message', 'classifier', warning.id],
        ['chat.message', 'classifier', warning.id],
      ],
    );
    gateway.mesh.answerJudgements(null);
    assert.equal(read(await person.say('yes')).templateId, 'task.added');
    assert.deepEqual(titlesOf(person.userId), ['milk', 'tea', 'eggs']);
  });

  it('an allowed message leaves the entry that it always left', async () => {
    const person = await gateway.newPerson();
    await person.say('add milk');
    const events = await gateway.auditEvents(person.userId);
    assert.ok(events.every(({ success, input }) => success && !('verdict' in input) && !('judgementId' in input)));
  });

  it('attack: refused for want of a verdict, a message is repeated with its key and done exactly once (PRIN-6, API-5)', async () => {
    const person = await gateway.newPerson();
    const key = randomUUID();
    gateway.mesh.down.add('guardrail');
    const refused = await person.say('add only once', { key });
    assert.deepEqual([refused.status, codeOf(refused)], [503, 'guardrail.unavailable']);
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.deepEqual(titlesOf(person.userId), []);
    gateway.mesh.down.clear();
    const first = read(await person.say('add only once', { key }));
    assert.deepEqual(read(await person.say('add only once', { key })), first);
    assert.deepEqual(titlesOf(person.userId), ['only once']);
  });

  const hostile: Readonly<Record<string, unknown>> = {
    'no answer at all': undefined,
    'a text': 'allow',
    'an unknown verdict': { ...judgement({}), verdict: 'sure' },
    'an unknown member': { ...judgement({}), allow: true },
    'the id of something else': judgement({ id: newId('task') }),
    'a refusal by nobody': judgement({ verdict: 'block' }),
    'a warning by nobody': judgement({ verdict: 'warn' }),
    'an allowance with a finding': judgement({ layer: 'pattern', reason: 'role-tags' }),
    'a masked message': masked('***'),
    'words of its own beside an allowance': judgement({ masked: 'add pwned' }),
  };
  for (const [name, answer] of Object.entries(hostile)) {
    it(`attack: a guardrail that answers with ${name} has given no verdict (PRIN-6)`, async () => {
      const person = await gateway.newPerson();
      gateway.mesh.answerJudgements(() => answer);
      const refused = await person.say('add milk');
      assert.deepEqual([refused.status, codeOf(refused)], [503, 'guardrail.unavailable']);
      assert.deepEqual(titlesOf(person.userId), []);
    });
  }

  it('a withheld reply is a failure in the trail, by its reason (AUD-1)', async () => {
    const person = await gateway.newPerson();
    gateway.mesh.judge.output = 'block';
    await person.say('add milk');
    gateway.mesh.answerJudgements(({ direction }) => (direction === 'input' ? judgement({}) : 'nonsense'));
    await person.say('add tea');
    const replies = (await gateway.auditEvents(person.userId)).filter(({ action }) => action === 'chat.reply');
    assert.deepEqual(
      replies.map(({ success, reason, category, input }) => [success, reason, category, input.verdict]),
      [
        [false, 'guardrail.blocked', 'security', 'block'],
        [false, 'guardrail.unavailable', 'security', undefined],
      ],
    );
  });
});
