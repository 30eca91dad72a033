import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type Artifacts, ensureArtifacts } from '../src/artifacts/artifacts.ts';
import { defaultCacheDir } from '../src/artifacts/layout.mjs';
import { findFreePort } from '../src/ports.ts';

const namespace = 'todo-chatbot';
const trustDomain = 'todo-chatbot';
/** What Sentry accepts as audience: itself. */
const audience = `spiffe://${trustDomain}/ns/${namespace}/dapr-sentry`;
/** An idle machine needs less than a second for each of these. */
const LIMIT_MS = 30_000;

interface Started {
  child: ChildProcess;
  output: () => string;
}

describe('sentry and daprd', () => {
  let artifacts: Artifacts;
  let folder: string;
  let sentry: Started;
  let sentryPort: number;
  let healthPort: number;
  let signingKey: CryptoKey;
  const children: ChildProcess[] = [];

  before(async () => {
    artifacts = await ensureArtifacts({
      cacheDir: defaultCacheDir(process.env),
      progress: { step: (_label, work) => work(() => {}) },
    });
    folder = await mkdtemp(join(tmpdir(), 'sentry-test-'));
    for (const name of ['issuer', 'components', 'empty']) await mkdir(join(folder, name), { mode: 0o700 });
    const pair = await generateKeyPair('ES256', { extractable: true });
    signingKey = pair.privateKey;
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'key', alg: 'ES256', use: 'sig' };
    await writeFile(join(folder, 'jwks.json'), JSON.stringify({ keys: [jwk] }));

    sentryPort = await findFreePort();
    healthPort = await findFreePort(new Set([sentryPort]));
    sentry = start(artifacts.sentry, sentryArguments(await sentryConfiguration(true)), { NAMESPACE: namespace });
    await waitFor(async () => (await fetch(`http://127.0.0.1:${healthPort}/healthz`)).status === 200);
  });

  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  function start(command: string, args: string[], env: Record<string, string>): Started {
    const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(String(chunk)));
    return { child, output: () => chunks.join('') };
  }

  async function sentryConfiguration(hasValidator: boolean): Promise<string> {
    const file = join(folder, hasValidator ? 'sentry.yaml' : 'sentry-open.yaml');
    const validators = `\n    tokenValidators:\n      - name: jwks\n        options:\n          source: ${join(folder, 'jwks.json')}`;
    const head =
      'apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: sentry\nspec:\n  mtls:\n    enabled: true';
    await writeFile(file, `${head}${hasValidator ? validators : ''}\n`);
    return file;
  }

  /** Without certificates in its folder, Sentry makes its own authority there. */
  function sentryArguments(configuration: string): string[] {
    return [
      ...['--mode', 'standalone', '--config', configuration, '--trust-domain', trustDomain],
      ...[
        '--issuer-credentials',
        join(folder, 'issuer'),
        '--port',
        String(sentryPort),
        '--listen-address',
        '127.0.0.1',
      ],
      ...['--healthz-port', String(healthPort), '--healthz-listen-address', '127.0.0.1', '--enable-metrics=false'],
    ];
  }

  /** A sidecar that claims to be `appId`, with the token in the file, or with none. */
  async function startDaprd(appId: string, tokenFile: string | undefined): Promise<Started & { httpPort: number }> {
    const ports = new Set<number>();
    while (ports.size < 3) ports.add(await findFreePort(ports));
    const [httpPort = 0, grpcPort = 0, internalPort = 0] = ports;
    const configuration = join(folder, 'daprd.yaml');
    await writeFile(
      configuration,
      `apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: daprd\nspec:\n  nameResolution:\n    component: sqlite\n    version: v1\n    configuration:\n      connectionString: ${join(folder, 'names.db')}\n`,
    );
    const args = [
      ...[
        '--mode',
        'standalone',
        '--app-id',
        appId,
        '--config',
        configuration,
        '--resources-path',
        join(folder, 'components'),
      ],
      ...[
        '--dapr-listen-addresses',
        '127.0.0.1',
        '--dapr-http-port',
        String(httpPort),
        '--dapr-grpc-port',
        String(grpcPort),
      ],
      ...['--dapr-internal-grpc-port', String(internalPort), '--dapr-internal-grpc-listen-address', '127.0.0.1'],
      ...['--enable-metrics=false', '--enable-mtls', '--sentry-address', `127.0.0.1:${sentryPort}`],
      ...['--control-plane-trust-domain', trustDomain, '--control-plane-namespace', namespace],
      ...['--placement-host-address', '', '--scheduler-host-address', ''],
    ];
    const env = {
      NAMESPACE: namespace,
      DAPR_HOST_IP: '127.0.0.1',
      DAPR_TRUST_ANCHORS: await readFile(join(folder, 'issuer', 'ca.crt'), 'utf8'),
      ...(tokenFile === undefined ? {} : { DAPR_SENTRY_TOKEN_FILE: tokenFile }),
    };
    return { ...start(artifacts.daprd, args, env), httpPort };
  }

  async function token(options: {
    appId: string;
    key?: CryptoKey;
    audience?: string;
    expiresAt?: Date;
  }): Promise<string> {
    const text = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'key' })
      .setAudience(options.audience ?? audience)
      .setSubject(`spiffe://public/ns/${namespace}/${options.appId}`)
      .setIssuedAt()
      .setExpirationTime(options.expiresAt ?? '1h')
      .sign(options.key ?? signingKey);
    const file = join(folder, `${crypto.randomUUID()}.jwt`);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  }

  async function assertGetsNoIdentity(appId: string, tokenFile: string | undefined, reason: RegExp): Promise<void> {
    const daprd = await startDaprd(appId, tokenFile);
    const [exitCode] = await Promise.race([
      once(daprd.child, 'exit'),
      delay(LIMIT_MS, ['still running'], { ref: false }),
    ]);
    assert.equal(exitCode, 1, daprd.output());
    assert.match(daprd.output(), reason);
  }

  it('give an identity to the process that holds the token of its app id, and listen on loopback only', async () => {
    const daprd = await startDaprd('task', await token({ appId: 'task' }));
    await waitFor(async () => (await fetch(`http://127.0.0.1:${daprd.httpPort}/v1.0/healthz/outbound`)).status === 204);
    // Stock sentry ignores the listen address of its health server.
    const ownSentry = artifacts.versions.daprOrigin === 'built from source' ? [sentry] : [];
    for (const { child } of [daprd, ...ownSentry]) assert.deepEqual(await foreignListeners(child.pid), []);
  });

  it('give no identity to a process without a token', () =>
    assertGetsNoIdentity('auth', undefined, /a validator name must be specified/));

  it('give no identity to a process with the token of another app', async () => {
    await assertGetsNoIdentity('auth', await token({ appId: 'task' }), /sub\\*" not satisfied/);
  });

  it('give no identity for a token of another key under the same key id', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await assertGetsNoIdentity(
      'auth',
      await token({ appId: 'auth', key: privateKey }),
      /PermissionDenied.*token validation failed/,
    );
  });

  it('give no identity for a token that was meant for somebody else', async () => {
    await assertGetsNoIdentity(
      'auth',
      await token({ appId: 'auth', audience: 'todo-chatbot' }),
      /aud\\*" not satisfied/,
    );
  });

  it('give no identity for a token that expired an hour ago', async () => {
    const expiresAt = new Date(Date.now() - 3_600_000);
    await assertGetsNoIdentity('auth', await token({ appId: 'auth', expiresAt }), /exp\\*" not satisfied/);
  });

  it('refuse to start as an authority that signs anything for anybody', async (t) => {
    if (artifacts.versions.daprOrigin !== 'built from source') return t.skip('stock sentry has no such refusal');
    const open = start(artifacts.sentry, sentryArguments(await sentryConfiguration(false)), { NAMESPACE: namespace });
    const [exitCode] = await once(open.child, 'exit');
    assert.equal(exitCode, 1);
    assert.match(open.output(), /tokenValidators.*sign any identity for anybody/);
  });
});

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await isSo().catch(() => false))) {
    assert.ok(Date.now() < deadline, `not so within ${LIMIT_MS} ms`);
    await delay(50);
  }
}

/** Addresses other than 127.0.0.1 on which the process listens, as the kernel writes them: hexadecimal, in host byte order. */
async function foreignListeners(pid: number | undefined): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const links = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  const own = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')),
  );
  const listening = tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && inode !== undefined && own.has(inode))
    .map(([, address]) => address ?? '');
  assert.ok(listening.length > 0, 'the process listens somewhere');
  return listening.filter(
    (address) => !address.startsWith('0100007F:') && !address.startsWith('0000000000000000FFFF00000100007F:'),
  );
}
