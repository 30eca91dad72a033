import {
  type AccessGrant,
  type AppId,
  type CloudEvent,
  createTaskRequestSchema,
  exchangeApiKeyRequestSchema,
  type GuardrailDirection,
  type GuardrailVerdict,
  type JudgeRequest,
  judgeRequestSchema,
  type LogKeys,
  newId,
  type Task,
} from '@todo-chatbot/contracts';
import { createTestDataKeys, createTestIssuer, createTestRetention } from '@todo-chatbot/local-platform/testing';
import {
  type ClientInfo,
  type Dapr,
  type InvokeRequest,
  ProblemError,
  requestContext,
} from '@todo-chatbot/service-kit';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { createFakeAuth } from './fakeAuth.ts';
import { createFakeExports } from './fakeExports.ts';
import { doneTask, makeTask } from './fakeTasks.ts';

/** Any bytes that no text could carry. */
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

const keysPath = '/v1/data-keys/';

/** The other services as the gateway sees them through its sidecar; every call is recorded. */
export async function fakeMesh(secrets: Readonly<Record<string, Record<string, string>>>) {
  const issuer = await createTestIssuer();
  const dataKeys = createTestDataKeys('chat-gateway');
  const calls: InvokeRequest[] = [];
  const keyRequests: string[] = [];
  const clients: ClientInfo[] = [];
  const published: { topic: string; event: CloudEvent }[] = [];
  const tasks = new Map<string, Task[]>();
  const created = new Map<string, Task>();
  const apiKeys = new Map<string, () => Promise<AccessGrant>>();
  const auditAnswers = new Map<string, unknown>();
  const guardrailAnswers = new Map<string, unknown>();
  const retention = { ...createTestRetention(), answersOf: new Map<string, unknown>() };
  const down = new Set<string>();
  const refusals = new Map<string, ProblemError>();
  const judge: Record<GuardrailDirection, GuardrailVerdict> = { input: 'allow', document: 'allow', output: 'allow' };
  let answerJudgement: ((request: JudgeRequest) => unknown) | null = null;
  const audit = { exportPage: async (_request: InvokeRequest): Promise<unknown> => ({ items: [], nextCursor: null }) };
  let onTaskCreated: (task: Task) => Promise<void> = async () => undefined;

  const tokenFor = async (options?: Parameters<typeof issuer.signIn>[0]) => (await issuer.signIn(options)).token;
  const auth = createFakeAuth({ jwks: issuer.jwks, tokenFor });
  const exports = createFakeExports();

  const userOf = (request: InvokeRequest): string => {
    if (request.userToken === undefined) throw new ProblemError('auth.token-missing');
    return z.string().parse(decodeJwt(request.userToken).sub);
  };

  async function exchangeApiKey(request: InvokeRequest): Promise<unknown> {
    const { key } = exchangeApiKeyRequestSchema.parse(request.body);
    const grant = await apiKeys.get(key)?.();
    if (!grant) throw new ProblemError('auth.token-invalid');
    return grant;
  }

  async function task(request: InvokeRequest): Promise<unknown> {
    const userId = userOf(request);
    const own = tasks.get(userId) ?? [];
    const id = request.path.split('/')[3];
    if (request.method === 'GET') return { items: own, nextCursor: null };
    if (request.method === 'POST') {
      const key = `${userId} ${request.idempotencyKey}`;
      const { title, listName, due } = createTaskRequestSchema.parse(request.body);
      const made = created.get(key) ?? makeTask({ title, listName: listName ?? 'Tasks', due: due ?? null });
      if (!created.has(key)) tasks.set(userId, [...own, made]);
      created.set(key, made);
      await onTaskCreated(made);
      return made;
    }
    const found = own.find((candidate) => candidate.id === id);
    if (!found) throw new ProblemError('task.not-found');
    const rest = own.filter((candidate) => candidate !== found);
    tasks.set(userId, request.method === 'DELETE' ? rest : [...rest, doneTask(found)]);
    return request.method === 'DELETE' ? undefined : doneTask(found);
  }

  async function guardrail(request: InvokeRequest): Promise<unknown> {
    const asked = judgeRequestSchema.parse(request.body);
    const { direction } = asked;
    userOf(request);
    if (answerJudgement !== null) return answerJudgement(asked);
    const verdict = judge[direction];
    const isFound = verdict !== 'allow';
    return {
      id: newId('judgement'),
      verdict,
      layer: isFound ? 'pattern' : null,
      reason: isFound ? 'ignore-instructions' : null,
      score: isFound ? 1 : 0,
      ruleVersion: 'test',
      settingsVersion: 0,
      masked: verdict === 'mask' ? '***' : null,
    };
  }

  async function booking(request: InvokeRequest): Promise<unknown> {
    userOf(request);
    const startsAt = '2026-12-01T09:00:00.000Z';
    const endsAt = '2026-12-01T09:30:00.000Z';
    switch (`${request.method} ${request.path}`) {
      case 'GET /v1/services':
        return {
          items: [{ id: newId('service'), name: 'Consultation', durationMinutes: 30, timeZone: 'Europe/Berlin' }],
        };
      case 'GET /v1/slots':
        return { items: [{ startsAt, endsAt }] };
      case 'GET /v1/bookings':
        return { items: [] };
      default: {
        const body = z.looseObject({}).parse(request.body);
        const made = { serviceName: 'Consultation', endsAt, status: 'confirmed', createdAt: startsAt };
        return { ...body, ...made, id: newId('booking') };
      }
    }
  }

  const proof = {
    index: 0,
    treeSize: 1,
    leaf: 'bGVhZg==',
    body: null,
    leafHash: '0'.repeat(64),
    rootHash: '0'.repeat(64),
    path: [],
    checkpoint: 'log\n1\nroot\n',
    entry: null,
  };

  const logKeys: LogKeys = { log: 'log.example+0badcafe+AQ==', witness: 'witness.example+0badcafe+BA==' };
  const consistencyProof = { from: 1, to: 1, path: [], checkpoints: ['log\n1\nroot\n', 'log\n1\nroot\n'] };

  function retentionAnswer({ appId, method, path }: InvokeRequest): unknown {
    const known = retention.answersOf.get(`${appId} ${method} ${path}`);
    return known ?? retention.answers(path)[path] ?? { items: [] };
  }

  async function answer(request: InvokeRequest): Promise<unknown> {
    // The door asks for these once a second, whatever anybody does: tests that count calls would meet one now and then.
    // So would those who count what a refused request does: its audit entry needs a key.
    if (request.path.startsWith(keysPath)) keyRequests.push(request.path.slice(keysPath.length));
    else if (request.path !== '/v1/denials') calls.push(request);
    const client = requestContext()?.client;
    if (client) clients.push(client);
    if (down.has(request.appId)) throw new ProblemError('upstream.unavailable');
    if (request.path.startsWith('/v1/retention')) return retentionAnswer(request);
    const refusal = refusals.get(request.appId);
    if (refusal) {
      refusals.delete(request.appId);
      throw refusal;
    }
    switch (request.appId) {
      case 'auth':
        if (request.path.startsWith('/v1/exports')) return exports.answer(request);
        if (request.path === '/v1/api-key-exchange') return exchangeApiKey(request);
        if (request.path.startsWith(keysPath)) return dataKeys.answers(request.path)[request.path];
        return auth.answer(request);
      case 'task':
        return task(request);
      case 'guardrail':
        return guardrailAnswers.has(`${request.method} ${request.path}`)
          ? guardrailAnswers.get(`${request.method} ${request.path}`)
          : guardrail(request);
      case 'booking':
        return booking(request);
      case 'audit':
        if (request.path === '/v1/log/keys') return logKeys;
        if (request.path === '/v1/log/consistency') return consistencyProof;
        userOf(request);
        if (request.path === '/v1/export') return audit.exportPage(request);
        if (request.path.endsWith('/proof')) return proof;
        return auditAnswers.get(`${request.method} ${request.path}`) ?? { items: [], nextCursor: null };
      case 'chat-gateway':
        throw new ProblemError('access.caller-denied');
    }
  }

  const dapr: Dapr = {
    async invoke(request) {
      const body = request.responseSchema.parse(await answer(request));
      return { status: 200, body, headers: new Headers() };
    },
    async invokeText(request) {
      calls.push(request);
      return { status: 200, body: 'todo-chatbot.test/log\n1\nroot\n', headers: new Headers() };
    },
    async invokeBytes(request) {
      calls.push(request);
      if (request.path === '/v1/exports/chunk') return { status: 200, ...(await exports.chunk(request)) };
      return { status: 200, body: everyByte, headers: new Headers() };
    },
    async publish(message) {
      published.push(message);
    },
    async secret(name) {
      const found = secrets[name];
      if (!found) throw new Error(`no secret ${name}`);
      return found;
    },
  };

  return {
    dapr,
    auth,
    /** Exports of `auth`. */
    exports,
    /** The keys of people, as `auth` has them. */
    dataKeys,
    calls,
    /** Whose keys were asked for, each time. */
    keyRequests,
    /** Where the person of each call of a request came from, as the other service is told. */
    clients,
    published,
    tokenFor,
    judge,
    /** Makes the guardrail answer so, whatever its contract says; `null`: as `judge` says. */
    answerJudgements(answer: ((request: JudgeRequest) => unknown) | null) {
      answerJudgement = answer;
    },
    /** What the audit service answers to exports. */
    audit,
    /** API keys that `auth` knows, with what they are exchanged for. */
    apiKeys,
    /** What the audit service answers, by method and path, where that is not an empty page. */
    auditAnswers,
    /** What the guardrail answers, by method and path, where that is not a judgement. */
    guardrailAnswers,
    /** The periods that `auth` tells, and what services answer about retention, by service, method and path. */
    retention,
    /** Services that do not answer. */
    down,
    /** Makes a service refuse the next call. */
    refuse: (appId: AppId, refusal: ProblemError) => void refusals.set(appId, refusal),
    tasksOf: (userId: string) => tasks.get(userId) ?? [],
    callsTo: (appId: string, method?: string) =>
      calls.filter((call) => call.appId === appId && (!method || call.method === method)),
    afterTaskCreated(act: (task: Task) => Promise<void>) {
      onTaskCreated = act;
    },
  };
}
