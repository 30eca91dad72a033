import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type AppId, newId, problemSchema } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { type Answer, call, changeConsents, newPerson } from '../support/client.ts';
import { type SignAs, signAsAuth } from '../support/signingKey.ts';
import { waitFor } from '../support/waitFor.ts';

/** A withdrawal is known to every service within a second (AUTH-11); the rest is this machine's. */
const withdrawalDeadlineMs = 3_000;

const booking = {
  serviceId: newId('service'),
  startsAt: '2027-12-01T09:00:00.000Z',
  name: 'Ada',
  email: 'ada@example.com',
  phone: '+491701234567',
};
const task = { title: 'milk', due: null };

/** At the public door, with what a program would send. */
const atDoor = [
  { path: '/api/v1/chat/messages', body: { text: 'add milk' } },
  { path: '/api/v1/tasks', body: task },
  { path: '/api/v1/bookings', body: booking },
] as const;
/** At the services that own the data, past the gateway. */
const atServices: readonly { readonly appId: AppId; readonly path: string; readonly body: unknown }[] = [
  { appId: 'guardrail', path: '/v1/judgements', body: { direction: 'input', text: 'add milk' } },
  { appId: 'task', path: '/v1/tasks', body: task },
  { appId: 'booking', path: '/v1/bookings', body: booking },
];

describe('No use of data without its person’s consent (PRIV-2)', () => {
  let state: PlatformState;
  let url = '';
  let sign: SignAs;
  before(async () => {
    const platform = await testPlatform();
    state = await platform.state();
    url = platform.url;
    sign = await signAsAuth(state);
  });

  const headers = { 'idempotency-key': 'a-key-of-12-x' };
  /** What the door and each service answer to the token. */
  const answersTo = async (token: string): Promise<Record<string, string>> => {
    const door = atDoor.map(async ({ path, body }) => [path, await call(url, 'POST', path, { token, body })] as const);
    const services = atServices.map(async ({ appId, path, body }) => {
      const { appPort, appApiToken } = state.apps[appId];
      const asGateway = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway', ...headers };
      const options = { token, body, headers: asGateway };
      return [`${appId} ${path}`, await call(`http://127.0.0.1:${appPort}`, 'POST', path, options)] as const;
    });
    const answers = await Promise.all([...door, ...services]);
    return Object.fromEntries(answers.map(([name, answer]) => [name, codeOf(answer)]));
  };
  const isEverywhere = (answers: Readonly<Record<string, string>>, code: string) =>
    Object.values(answers).every((answer) => answer === code);

  it('attack: no message, task, booking or judgement before the notice was agreed to, at the door and past it', async () => {
    const person = await newPerson(url, 'Careful Person', []);
    const answers = await answersTo(person.token);
    assert.ok(isEverywhere(answers, 'consent.required'), JSON.stringify(answers));
    assert.deepEqual(await person.tasks(), []);
    assert.equal((await person.call('GET', '/api/v1/bookings')).status, 200);
    assert.equal((await person.call('GET', '/api/v1/chat/messages')).status, 200);
  });

  it('each purpose opens what is for it and nothing else', async () => {
    const { token } = await newPerson(url, 'Assisted Person', ['assistant']);
    const answers = await answersTo(token);
    const refused = Object.keys(answers).filter((name) => answers[name] === 'consent.required');
    assert.deepEqual(refused, ['/api/v1/bookings', 'booking /v1/bookings'], JSON.stringify(answers));
  });

  it('attack: a withdrawn consent is refused at the door and at every service within a second', async () => {
    const person = await newPerson(url);
    assert.ok(!Object.values(await answersTo(person.token)).includes('consent.required'));

    await changeConsents(person, ['assistant'], false);

    await waitFor(
      'every service to refuse the token of before',
      async () => (isEverywhere(await answersTo(person.token), 'auth.token-invalid') ? true : undefined),
      { deadlineMs: withdrawalDeadlineMs, everyMs: 100 },
    );
  });

  it('attack: consents that do not exist make no token, and a token without any agrees to nothing', async () => {
    const { token } = await newPerson(url);
    for (const con of [['everything'], ['assistant', 'account'], 'assistant', { assistant: true }, 1, null]) {
      const answers = await answersTo(await sign(token, { con }));
      assert.ok(isEverywhere(answers, 'auth.token-invalid'), `${JSON.stringify(con)}: ${JSON.stringify(answers)}`);
    }
    for (const con of [[], undefined]) {
      const answers = await answersTo(await sign(token, { con }));
      assert.ok(isEverywhere(answers, 'consent.required'), JSON.stringify(answers));
    }
  });
});

function codeOf({ body, status }: Answer): string {
  const problem = problemSchema.safeParse(body);
  return problem.success ? problem.data.code : String(status);
}
