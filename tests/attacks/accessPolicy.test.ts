import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { create, toBinary } from '@bufbuild/protobuf';
import { HTTPExtension_Verb } from '@dapr/dapr/proto/dapr/proto/common/v1/common_pb.js';
import { InvokeServiceRequestSchema } from '@dapr/dapr/proto/dapr/proto/runtime/v1/dapr_pb.js';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { type AppId, allowedCalls, appIds, type MeshVerb, meshVerbs } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson } from '../support/client.ts';

/** An id in the form that `*` of the table stands for; nothing has it. */
const someId = 'tsk_01980000-0000-7000-8000-000000000000';

/** Operations at work at once: enough to be quick, few enough to leave the machine its breath. */
const parallelOperations = 16;
/** Longest wait for one answer. */
const requestTimeoutMs = 20_000;
/** W3C trace context that asks for no spans: tens of thousands of attempts would push everything else out of the collector. */
const unsampled = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00' };

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

/** Runs `work` over the attempts: operations side by side, the verbs of one operation one after another. */
async function forEachOperation(
  attempts: readonly Attempt[],
  work: (attempt: Attempt) => Promise<void>,
): Promise<void> {
  const operations = Map.groupBy(attempts, ({ caller, callee, path }) => `${caller} ${callee} ${path}`).values();
  await Promise.all(
    Array.from({ length: parallelOperations }, async () => {
      for (const operation of operations) for (const attempt of operation) await work(attempt);
    }),
  );
}

/** Attempts at every operation that the caller may not use, in other spellings of its path. */
function trickAttempts(tricksOf: (path: string) => string[]): Attempt[] {
  return appIds.flatMap((caller) =>
    allowedCalls
      .filter((call) => call.callee !== caller && !isListed({ ...call, caller, path: concretePath(call.path) }))
      .flatMap((call) => tricksOf(concretePath(call.path)).map((path) => ({ ...call, caller, path }))),
  );
}

const describeAttempt = ({ caller, callee, verb, path }: Attempt) => `${caller} → ${callee} ${verb} ${path}`;

/** What a sidecar says when its policy is the reason; over gRPC the status code alone does not tell. */
const denialPhrase = 'access control policy has denied access';

/** True when the callee's sidecar refused by its policy, before the app saw anything. */
function isPolicyDenial(status: number, text: string): boolean {
  return status === 403 && text.includes(denialPhrase);
}

describe('Access policy (MESH-2): exactly the listed calls are open', () => {
  let facts: PlatformState;
  let token = '';
  before(async () => {
    const platform = await testPlatform();
    facts = await platform.state();
    token = (await newPerson(platform.url)).token;
  });

  async function invoke(
    attempt: Attempt,
    rawPath: string = attempt.path,
    { isSignedIn }: { isSignedIn: boolean } = { isSignedIn: true },
  ): Promise<{ status: number; text: string }> {
    const { daprHttpPort, daprApiToken } = facts.apps[attempt.caller];
    const response = await fetch(
      `http://127.0.0.1:${daprHttpPort}/v1.0/invoke/${attempt.callee}/method${rawPath.startsWith('/') ? '' : '/'}${rawPath}`,
      {
        method: attempt.verb,
        headers: {
          ...unsampled,
          'dapr-api-token': daprApiToken,
          ...(isSignedIn ? { authorization: `Bearer ${token}` } : {}),
          ...(attempt.verb === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(attempt.verb === 'GET' ? {} : { body: '{}' }),
        signal: AbortSignal.timeout(requestTimeoutMs),
      },
    );
    return { status: response.status, text: await response.text() };
  }

  it('over HTTP: every caller × callee × operation × verb', async () => {
    const wrong: string[] = [];
    await forEachOperation(everyAttempt(), async (attempt) => {
      // Without a token, since a listed call would act: the one to sign out, for example.
      const { status, text } = await invoke(attempt, attempt.path, { isSignedIn: false });
      const isOpen = !isPolicyDenial(status, text);
      if (isOpen !== isListed(attempt)) wrong.push(`${describeAttempt(attempt)}: ${status} ${text.slice(0, 120)}`);
    });
    assert.deepEqual(wrong, []);
  });

  // Before the tricks: their many denials open the circuit of a path to its caller, and then nobody can say what the policy would.
  describe('over gRPC', () => {
    const clients = new Map<AppId, Client>();
    after(() => {
      for (const client of clients.values()) client.close();
    });

    function clientOf(caller: AppId): Client {
      const existing = clients.get(caller);
      if (existing) return existing;
      const client = new Client(`127.0.0.1:${facts.apps[caller].daprGrpcPort}`, credentials.createInsecure());
      clients.set(caller, client);
      return client;
    }

    /** `denied` by the policy of the callee's sidecar, `answered` by the app with success, or `refused` by anything else. */
    function invokeGrpc(
      { caller, callee, verb, path }: Attempt,
      { isSignedIn }: { isSignedIn: boolean },
    ): Promise<'denied' | 'answered' | 'refused'> {
      const request = create(InvokeServiceRequestSchema, {
        id: callee,
        message: { method: path.slice(1), httpExtension: { verb: HTTPExtension_Verb[verb] } },
      });
      const metadata = new Metadata();
      metadata.set('traceparent', unsampled.traceparent);
      metadata.set('dapr-api-token', facts.apps[caller].daprApiToken);
      if (isSignedIn) metadata.set('authorization', `Bearer ${token}`);
      return new Promise((resolve) => {
        const answer = (error: ServiceError | null) => {
          if (!error) resolve('answered');
          else if (error.message.includes(denialPhrase)) resolve('denied');
          else resolve('refused');
        };
        clientOf(caller).makeUnaryRequest(
          '/dapr.proto.runtime.v1.Dapr/InvokeService',
          () => Buffer.from(toBinary(InvokeServiceRequestSchema, request)),
          (bytes: Buffer) => bytes,
          request,
          metadata,
          { deadline: Date.now() + requestTimeoutMs },
          answer,
        );
      });
    }

    it('every caller × callee × operation × verb', async () => {
      const wrong: string[] = [];
      await forEachOperation(everyAttempt(), async (attempt) => {
        const outcome = await invokeGrpc(attempt, { isSignedIn: false });
        if ((outcome !== 'denied') !== isListed(attempt)) wrong.push(`${describeAttempt(attempt)}: ${outcome}`);
      });
      assert.deepEqual(wrong, []);
    });

    it('path tricks reach nothing', async () => {
      const tricksOf = (path: string) => [
        path.toUpperCase(),
        `${path}/`,
        `/${path}`,
        `/v1/jwks/../..${path}`,
        `/v1/jwks%2F..%2F..${path}`,
        `${path}%`,
      ];
      const reached: string[] = [];
      await forEachOperation(trickAttempts(tricksOf), async (attempt) => {
        if ((await invokeGrpc(attempt, { isSignedIn: true })) === 'answered') reached.push(describeAttempt(attempt));
      });
      assert.deepEqual(reached, []);
    });
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
    const reached: string[] = [];
    await forEachOperation(trickAttempts(tricksOf), async (attempt) => {
      const { status, text } = await invoke(attempt).catch((error: unknown) => ({ status: 0, text: String(error) }));
      if (status >= 200 && status < 400) reached.push(`${describeAttempt(attempt)}: ${status} ${text.slice(0, 120)}`);
    });
    assert.deepEqual(reached, []);
  });

  it('over HTTP: a listed caller reaches no other operation by spelling a path in another way', async () => {
    const reached: string[] = [];
    const listed = allowedCalls
      .filter((call) => call.verb === 'GET')
      .map((call) => ({ ...call, path: concretePath(call.path) }));
    await forEachOperation(listed, async (call) => {
      const upper = await invoke(call, call.path.toUpperCase());
      if (upper.status < 400) reached.push(`${describeAttempt(call)} in capitals: ${upper.status}`);
      // daprd may take a trailing slash away before it forwards; then it is the listed operation itself that answers.
      const slash = await invoke(call, `${call.path}/`);
      if (slash.status < 400 && slash.status !== (await invoke(call)).status)
        reached.push(`${describeAttempt(call)} with a slash`);
    });
    assert.deepEqual(reached, []);
  });

  it('behind the policy each service checks the caller again (PRIN-1, PRIN-3)', async () => {
    const wrong: string[] = [];
    await forEachOperation(everyAttempt(), async (attempt) => {
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
