import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type AppId, secretsOf } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';

/** A sidecar that gets no certificate ends by itself; one that got it stays until this time is over. */
const observationMs = 20_000;

/** Runs the platform's own daprd as a thief would, with what a process of the same machine could copy. */
describe('A stolen app id gets no certificate (MESH-3)', () => {
  let facts: PlatformState;
  let daprd = '';
  let workDir = '';
  before(async () => {
    const platform = await testPlatform();
    facts = await platform.state();
    const { processes } = await platform.status();
    const sidecar = processes.find((process) => process.name === 'task-dapr');
    const commandLine = await readFile(`/proc/${sidecar?.pid}/cmdline`, 'utf8');
    daprd = commandLine.split('\0').find((word) => word.endsWith('/daprd')) ?? '';
    assert.notEqual(daprd, '');
    workDir = await mkdtemp(join(tmpdir(), 'todo-chatbot-thief-'));
  });
  after(async () => {
    if (workDir !== '') await rm(workDir, { recursive: true });
  });

  /** Starts a sidecar that claims `appId`; resolves with what it logged, and whether it was given an identity. */
  async function startSidecar(
    appId: AppId,
    tokenFile: string | undefined,
  ): Promise<{ isServing: boolean; log: string }> {
    const [http = 0, grpc = 0, internal = 0, metrics = 0] = await freePorts(4);
    const child = spawn(
      daprd,
      [
        '--mode=standalone',
        `--app-id=${appId}`,
        `--resources-path=${workDir}`,
        '--dapr-listen-addresses=127.0.0.1',
        `--dapr-http-port=${http}`,
        `--dapr-grpc-port=${grpc}`,
        `--dapr-internal-grpc-port=${internal}`,
        '--dapr-internal-grpc-listen-address=127.0.0.1',
        '--metrics-listen-address=127.0.0.1',
        `--metrics-port=${metrics}`,
        '--enable-mtls',
        `--sentry-address=${facts.sentry.address}`,
        '--control-plane-trust-domain=todo-chatbot',
        '--control-plane-namespace=todo-chatbot',
        '--placement-host-address=',
        '--scheduler-host-address=',
      ],
      {
        cwd: workDir,
        env: {
          NAMESPACE: 'todo-chatbot',
          DAPR_HOST_IP: '127.0.0.1',
          DAPR_TRUST_ANCHORS: facts.sentry.meshRoot,
          ...(tokenFile === undefined ? {} : { DAPR_SENTRY_TOKEN_FILE: tokenFile }),
        },
      },
    );
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const ended = new Promise<'ended'>((resolve) => child.once('close', () => resolve('ended')));
    try {
      const deadline = Date.now() + observationMs;
      while (Date.now() < deadline && child.exitCode === null) {
        const answer = await fetch(`http://127.0.0.1:${http}/v1.0/healthz/outbound`).catch(() => undefined);
        if (answer?.ok) return { isServing: true, log };
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 200))]);
      }
      return { isServing: false, log };
    } finally {
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended;
    }
  }

  it('an app with its own token gets its certificate (the attack below fails for the right reason)', async () => {
    const { isServing, log } = await startSidecar('booking', facts.apps.booking.identityTokenFile);
    assert.ok(isServing, log.slice(-2_000));
  });

  it('a process with the token of task asks for the identity of auth', async () => {
    const { isServing, log } = await startSidecar('auth', facts.apps.task.identityTokenFile);
    assert.ok(!isServing, 'Sentry signed a certificate for a stolen app id');
    assert.match(log, /PermissionDenied|not satisfied|token/i);
  });

  it('a process without a token, or with a made-up one, gets nothing', async () => {
    assert.ok(!(await startSidecar('auth', undefined)).isServing);
    const forged = join(workDir, 'forged.jwt');
    const [, payload = ''] = (await readFile(facts.apps.auth.identityTokenFile, 'utf8')).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    await writeFile(forged, `${header}.${payload}.`, { mode: 0o600 });
    assert.ok(!(await startSidecar('auth', forged)).isServing);
  });

  it('no app’s secret store holds the key that signs identity tokens', () => {
    for (const [appId, app] of Object.entries(facts.apps)) {
      for (const secret of Object.keys(app.secrets)) assert.doesNotMatch(secret, /identity/, appId);
    }
    assert.ok(secretsOf('auth').every((name) => name.startsWith('auth-')));
  });
});

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer();
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
