import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { createTestCertificates, listen, waitFor } from '@todo-chatbot/local-platform/testing';
import { limitsAclRules, limitsUser } from '@todo-chatbot/manifests';

const adminUser = 'admin';

/** A real Redis on loopback, over TLS alone, with the access list of the cluster's. */
export async function startRedis(names: readonly string[] = ['localhost', '127.0.0.1']) {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-redis-'));
  const { certificate, privateKey, ca } = await createTestCertificates(names);
  const [password, adminPassword] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const file = (name: string) => join(folder, name);
  const caFile = file('ca.crt');
  await writeFile(caFile, ca);
  await writeFile(file('tls.crt'), certificate);
  await writeFile(file('tls.key'), privateKey);
  await writeFile(
    file('users.acl'),
    [
      'user default off',
      `user ${limitsUser} on #${sha256(password)} ${limitsAclRules}`,
      `user ${adminUser} on #${sha256(adminPassword)} ~* &* +@all`,
    ].join('\n'),
  );
  const port = await freePort();
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const settings = {
      port: '0',
      'tls-port': String(port),
      'tls-cert-file': file('tls.crt'),
      'tls-key-file': file('tls.key'),
      'tls-ca-cert-file': caFile,
      'tls-auth-clients': 'no',
      bind: '127.0.0.1',
      aclfile: file('users.acl'),
      save: '',
      'maxmemory-policy': 'noeviction',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    server = spawn('redis-server', args, { cwd: folder, stdio: 'ignore' });
    // A program that is not installed is told of by the wait.
    server.on('error', () => undefined);
    await waitFor('redis-server, which Debian has as a package', () =>
      asAdmin(async (admin) => (await admin.ping()) === 'PONG'),
    );
  }

  async function stop(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  function clientOf(username: string, secret: string) {
    const client = createClient({
      username,
      password: secret,
      disableClientInfo: true,
      maintNotifications: 'disabled',
      socket: { host: '127.0.0.1', port, tls: true, ca, reconnectStrategy: false },
    });
    client.on('error', () => undefined);
    return client;
  }

  async function connected<T>(
    client: ReturnType<typeof clientOf>,
    work: (client: RedisClient) => Promise<T>,
  ): Promise<T> {
    await client.connect();
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  }

  const asAdmin = <T>(work: (client: RedisClient) => Promise<T>) => connected(clientOf(adminUser, adminPassword), work);

  await start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port,
    ca,
    caFile,
    password,
    start,
    stop,
    /** With all rights. */
    asAdmin,
    /** With those of the gateway. */
    asGateway: <T>(work: (client: RedisClient) => Promise<T>) => connected(clientOf(limitsUser, password), work),
    /** It keeps its connections and says nothing. */
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    async close() {
      server?.kill('SIGCONT');
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
export type Redis = Awaited<ReturnType<typeof startRedis>>;
type RedisClient = Pick<
  ReturnType<typeof createClient>,
  'ping' | 'sendCommand' | 'keys' | 'flushAll' | 'configSet' | 'dbSize'
>;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function freePort(): Promise<number> {
  const { port, close } = await listen(() => undefined);
  await close();
  return port;
}
