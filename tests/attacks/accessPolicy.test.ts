import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CommunicationProtocolEnum, DaprClient, HttpMethod } from '@dapr/dapr';
import { type AppId, allowedCalls, appIds, type MeshVerb, meshVerbs } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson } from '../support/client.ts';

/** An id in the form that `*` of the table stands for; nothing has it. */
const someId = 'tsk_01980000-0000-7000-8000-000000000000';

/** How many requests are under way at once: enough to be quick, few enough to leave the machine its breath. */
const parallelRequests = 16;

interface Attempt {
  readonly caller: AppId;
  readonly callee: AppId;
  readonly verb: MeshVerb;
  readonly path: string;
}

const concretePath = (path: string) => path.replace('*', someId);
const isListed = ({ caller, callee, verb, path }: Attempt) =>
  allowedCalls.some(
    (call) =>
      call.caller === caller && call.callee === callee && call.verb === verb && concretePath(call.path) === path,
  );

/** Every caller × callee × known operation of any service (and some that exist nowhere) × verb. A call to oneself never meets the policy. */
function everyAttempt(): Attempt[] {
  const paths = [
    ...new Set([
      ...allowedCalls.map((call) => concretePath(call.path)),
      '/',
      '/healthz',
      '/v1',
      '/v1/admin',
      '/v1/tasks/a/b',
      '/events/auth-events',
      '/events/task-events',
      '/metrics',
    ]),
  ];
  return appIds.flatMap((caller) =>
    appIds
      .filter((callee) => callee !== caller)
      .flatMap((callee) => paths.flatMap((path) => meshVerbs.map((verb) => ({ caller, callee, verb, path })))),
  );
}

/** Runs `work` over the items, a bounded number at once. */
async function forEachParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: parallelRequests }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

const describeAttempt = ({ caller, callee, verb, path }: Attempt) => `${caller} → ${callee} ${verb} ${path}`;

/** True when the callee's sidecar refused by its policy, before the app saw anything. */
function isPolicyDenial(status: number, text: string): boolean {
  return status === 403 && text.includes('ERR_DIRECT_INVOKE');
}

describe('Access policy (MESH-2): exactly the listed calls are open', () => {
  let facts: PlatformState;
  let token = '';
  before(async () => {
    const platform = await testPlatform();
    facts = await platform.state();
    token = (await newPerson(platform.url)).token;
  });

  async function invoke(attempt: Attempt, rawPath: string = attempt.path): Promise<{ status: number; text: string }> {
    const { daprHttpPort, daprApiToken } = facts.apps[attempt.caller];
    const response = await fetch(
      `http://127.0.0.1:${daprHttpPort}/v1.0/invoke/${attempt.callee}/method${rawPath.startsWith('/') ? '' : '/'}${rawPath}`,
      {
        method: attempt.verb,
        headers: {
          'dapr-api-token': daprApiToken,
          authorization: `Bearer ${token}`,
          ...(attempt.verb === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(attempt.verb === 'GET' ? {} : { body: '{}' }),
        signal: AbortSignal.timeout(20_000),
      },
    );
    return { status: response.status, text: await response.text() };
  }

  it('over HTTP: every caller × callee × operation × verb', async () => {
    const wrong: string[] = [];
    await forEachParallel(everyAttempt(), async (attempt) => {
      const { status, text } = await invoke(attempt);
      const isOpen = !isPolicyDenial(status, text);
      if (isOpen !== isListed(attempt)) wrong.push(`${describeAttempt(attempt)}: ${status} ${text.slice(0, 120)}`);
    });
    assert.deepEqual(wrong, []);
  });

  it('over HTTP: path tricks reach nothing that the caller may not use', async () => {
    const tricksOf = (path: string) => [
      path.toUpperCase(),
      `${path}/`,
      `/${path}`,
      `/.${path}`,
      `/x/..${path}`,
      `/x%2F..${path}`,
      `/v1/jwks/../..${path}`,
      `/v1/jwks%2F..%2F..${path}`,
      `/v1/jwks%23${path}`,
      `/v1/jwks%3F${path}`,
      path.replaceAll('/', '%2F'),
      path.replace('/v1', '/v1;x=1'),
      `${path}%`,
      `${path}%00`,
      `${path}?x=/v1/jwks`,
    ];
    const attempts = appIds.flatMap((caller) =>
      allowedCalls
        .filter((call) => call.callee !== caller)
        .filter((call) => !isListed({ ...call, caller, path: concretePath(call.path) }))
        .flatMap((call) => tricksOf(concretePath(call.path)).map((path) => ({ ...call, caller, path }))),
    );
    const reached: string[] = [];
    await forEachParallel(attempts, async (attempt) => {
      const { status, text } = await invoke(attempt).catch((error: unknown) => ({ status: 0, text: String(error) }));
      if (status >= 200 && status < 400) reached.push(`${describeAttempt(attempt)}: ${status} ${text.slice(0, 120)}`);
    });
    assert.deepEqual(reached, []);
  });

  it('over HTTP: a listed caller gains nothing by spelling a path in another way', async () => {
    const spelled = allowedCalls
      .filter((call) => call.verb === 'GET')
      .flatMap((call) =>
        [`${concretePath(call.path).toUpperCase()}`, `${concretePath(call.path)}/`].map((path) => ({ ...call, path })),
      );
    const reached: string[] = [];
    await forEachParallel(spelled, async (attempt) => {
      const { status } = await invoke(attempt);
      if (status < 400) reached.push(`${describeAttempt(attempt)}: ${status}`);
    });
    assert.deepEqual(reached, []);
  });

  describe('over gRPC', () => {
    const clients = new Map<AppId, DaprClient>();
    after(async () => {
      await Promise.all([...clients.values()].map((client) => client.stop()));
    });

    function clientOf(caller: AppId): DaprClient {
      const existing = clients.get(caller);
      if (existing) return existing;
      const { daprGrpcPort, daprApiToken } = facts.apps[caller];
      const client = new DaprClient({
        daprHost: '127.0.0.1',
        daprPort: String(daprGrpcPort),
        daprApiToken,
        communicationProtocol: CommunicationProtocolEnum.GRPC,
      });
      clients.set(caller, client);
      return client;
    }

    const grpcVerbs = {
      GET: HttpMethod.GET,
      POST: HttpMethod.POST,
      PUT: HttpMethod.PUT,
      PATCH: HttpMethod.PATCH,
      DELETE: HttpMethod.DELETE,
    } as const;

    /** The gRPC status text, or `ok`. */
    async function invokeGrpc({ caller, callee, verb, path }: Attempt): Promise<string> {
      try {
        await clientOf(caller).invoker.invoke(callee, path.slice(1), grpcVerbs[verb], verb === 'GET' ? undefined : {}, {
          headers: { authorization: `Bearer ${token}` },
        });
        return 'ok';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    }

    const isGrpcPolicyDenial = (outcome: string) =>
      outcome.includes('PERMISSION_DENIED') && outcome.includes('access control policy');

    it('every caller × callee × operation × verb', async () => {
      const wrong: string[] = [];
      await forEachParallel(everyAttempt(), async (attempt) => {
        const outcome = await invokeGrpc(attempt);
        if (!isGrpcPolicyDenial(outcome) !== isListed(attempt)) wrong.push(`${describeAttempt(attempt)}: ${outcome}`);
      });
      assert.deepEqual(wrong, []);
    });

    it('path tricks reach nothing', async () => {
      const attempts = appIds.flatMap((caller) =>
        allowedCalls
          .filter((call) => call.callee !== caller && !isListed({ ...call, caller, path: concretePath(call.path) }))
          .flatMap((call) => {
            const path = concretePath(call.path);
            return [
              path.toUpperCase(),
              `${path}/`,
              `/${path}`,
              `/v1/jwks/../..${path}`,
              `/v1/jwks%2F..%2F..${path}`,
              `${path}%`,
            ].map((trick) => ({ ...call, caller, path: trick }));
          }),
      );
      const reached: string[] = [];
      await forEachParallel(attempts, async (attempt) => {
        if ((await invokeGrpc(attempt)) === 'ok') reached.push(describeAttempt(attempt));
      });
      assert.deepEqual(reached, []);
    });
  });

  it('behind the policy each service checks the caller again (PRIN-1, PRIN-3)', async () => {
    const wrong: string[] = [];
    await forEachParallel(everyAttempt(), async (attempt) => {
      const { appPort, appApiToken } = facts.apps[attempt.callee];
      const response = await fetch(`http://127.0.0.1:${appPort}${attempt.path}`, {
        method: attempt.verb,
        headers: {
          'dapr-api-token': appApiToken,
          'dapr-caller-app-id': attempt.caller,
          'content-type': 'application/json',
        },
        ...(attempt.verb === 'GET' ? {} : { body: '{}' }),
      });
      const text = await response.text();
      const isKnownElsewhere = response.status === 404 || response.status === 405;
      const isRefused = text.includes('access.caller-denied') || isKnownElsewhere;
      const isHealth = attempt.path === '/healthz' && attempt.verb === 'GET';
      if (isRefused === (isListed(attempt) || isHealth)) {
        wrong.push(`${describeAttempt(attempt)}: ${response.status} ${text.slice(0, 160)}`);
      }
    });
    assert.deepEqual(wrong, []);
  });
});
