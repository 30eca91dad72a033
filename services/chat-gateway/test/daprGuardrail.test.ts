import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, it } from 'node:test';
import { type Judgement, newId } from '@todo-chatbot/contracts';
import { listen, waitFor } from '@todo-chatbot/local-platform/testing';
import { createDaprClient, createLogger, type Dapr, ProblemError } from '@todo-chatbot/service-kit';
import { createDaprGuardrail } from '../src/adapters/daprGuardrail.ts';

const verdict: Judgement = {
  id: newId('judgement'),
  verdict: 'allow',
  layer: null,
  reason: null,
  score: 0,
  ruleVersion: 'test',
  settingsVersion: 0,
  masked: null,
};
const message = { direction: 'input', text: 'add milk', userToken: 'token' } as const;
const isUnavailable = (error: unknown) =>
  error instanceof ProblemError && error.code === 'guardrail.unavailable' && error.retryAfterSeconds === 1;

/** What a busy machine may add to the budget of 500 ms. */
const slackMs = 1_500;

const logger = createLogger({ appId: 'chat-gateway', level: 'silent', destination: { write: () => undefined } });
const clientOf = (port: number) =>
  createDaprClient({ appId: 'chat-gateway', httpPort: port, apiToken: 'token', logger });

describe('the guardrail behind a real connection (PRIN-6)', () => {
  let closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing) await close();
    closing = [];
  });

  async function guardrailThat(answers: RequestListener) {
    const { url, close } = await listen(answers);
    closing.push(close);
    return createDaprGuardrail(clientOf(Number(new URL(url).port)));
  }

  const json =
    (body: string): RequestListener =>
    (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(body);

  it('a verdict is the guardrail’s own', async () => {
    const guardrail = await guardrailThat(json(JSON.stringify(verdict)));
    assert.deepEqual(await guardrail.judge(message), verdict);
    assert.deepEqual(await guardrail.judge({ ...message, direction: 'document' }), verdict);
  });

  const hostile: Readonly<Record<string, RequestListener>> = {
    silence: () => undefined,
    'a body without end': (_request, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    },
    'a body of many megabytes': json(JSON.stringify({ ...verdict, reason: 'x'.repeat(8 * 1024 * 1024) })),
    garbage: json('\u0000\u0001{'),
    nothing: (_request, response) => void response.writeHead(204).end(),
    'another page': (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
    'a page of the web': (_request, response) => void response.writeHead(200).end('<html>allow</html>'),
    'an error': (_request, response) => void response.writeHead(500).end('{}'),
    'half an answer': (request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(JSON.stringify(verdict));
      setImmediate(() => request.socket.destroy());
    },
  };
  for (const [name, answers] of Object.entries(hostile)) {
    it(`attack: a guardrail that answers with ${name} is none, and within the budget`, async () => {
      const guardrail = await guardrailThat(answers);
      const startedAt = performance.now();
      await assert.rejects(guardrail.judge(message), isUnavailable);
      assert.ok(performance.now() - startedAt < 500 + slackMs);
    });
  }

  it('asks once more when nobody listened, and only then', async () => {
    const server: Server = createServer(json(JSON.stringify(verdict)));
    const port = await new Promise<number>((resolve) => {
      const finder = createServer().listen(0, '127.0.0.1', () => {
        const address = finder.address();
        finder.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
    });
    const client = clientOf(port);
    let tries = 0;
    const invoke: Dapr['invoke'] = async (request) => {
      tries += 1;
      if (tries === 2) await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
      return client.invoke(request);
    };
    closing.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    assert.deepEqual(await createDaprGuardrail({ invoke }).judge(message), verdict);
    assert.equal(tries, 2);

    let asked = 0;
    const broken = await guardrailThat((request) => {
      asked += 1;
      request.socket.destroy();
    });
    await assert.rejects(broken.judge(message), isUnavailable);
    assert.equal(asked, 1, 'what may have been judged is not judged twice');
  });
});

describe('a slow guardrail (denial of service)', () => {
  it('attack: no more wait for it than may, newcomers are refused at once, and room is kept for replies', async () => {
    const open: (() => void)[] = [];
    const invoke: Dapr['invoke'] = async (request) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return { status: 200, body: request.responseSchema.parse(verdict), headers: new Headers() };
    };
    const guardrail = createDaprGuardrail({ invoke });
    const messages = Array.from({ length: 1_000 }, () => guardrail.judge(message));
    const outcomes = Promise.allSettled(messages);
    await waitFor('the first ones to wait', async () => open.length === 192);
    const reply = guardrail.judge({ ...message, direction: 'output' });
    await waitFor('the reply to wait, too', async () => open.length === 193);
    await assert.rejects(guardrail.judge(message), isUnavailable);

    for (const answer of open) answer();
    assert.equal((await reply).verdict, 'allow');
    const settled = await outcomes;
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 192);
    assert.ok(settled.every((outcome) => outcome.status === 'fulfilled' || isUnavailable(outcome.reason)));

    const later = guardrail.judge(message);
    await waitFor('a free place', async () => open.length === 194);
    open.at(-1)?.();
    assert.equal((await later).verdict, 'allow', 'places are free again');
  });
});
