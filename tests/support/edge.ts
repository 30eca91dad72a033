import { spawn } from 'node:child_process';
import { chown, copyFile, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { type RequestOptions, request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import {
  type Account,
  createTestCertificates,
  findFreePort,
  unprivilegedAccount,
  waitFor,
} from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';

/** The configuration of the cluster, which is used as it is. */
const configurationDir = fileURLToPath(new URL('../../k8s/base/edge/', import.meta.url));
const sharedFiles = ['nginx.conf', 'operations.conf', 'problems.conf'];

/** Loopback address from which the edge of a test asks the gateway, so that it can be told from whoever else is here. */
export const edgeAddress = '127.0.0.77';
/** Loopback addresses that the edge of a test takes for internal ones. */
const internalNetwork = '127.8.0.0/16';

let lastClient = 0;

/** Loopback address of a client that no other test is, so that none uses up the requests of another. */
export function newAddress(place: 'inside' | 'outside' = 'outside'): string {
  lastClient += 1;
  return `127.${place === 'inside' ? 8 : 9}.${lastClient >> 8}.${lastClient & 255}`;
}

/** An NGINX with the cluster's configuration and places of this machine. */
export interface Edge {
  /** With the name that its certificate has. */
  readonly url: string;
  readonly httpsPort: number;
  readonly httpPort: number;
  /** What it has of files; gone after `stop`. */
  readonly folder: string;
  /** Authority of its certificate, PEM. */
  readonly ca: string;
  /** What it logged, as text. */
  log(): Promise<string>;
  /** Puts another certificate where the first one is, as a renewal does, and gives back its authority. */
  renewCertificate(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the system's NGINX in front of a gateway.
 * @throws when there is no `nginx`, or it does not take the configuration
 */
export async function startEdge(options: {
  /** Port of the gateway on 127.0.0.1. */
  readonly gatewayPort: number;
  /** Name and port that the gateway goes by. */
  readonly publicHost: string;
  /** Networks whose word in the PROXY protocol is believed; absent: it is not spoken. */
  readonly loadBalancer?: string;
}): Promise<Edge> {
  const { gatewayPort, publicHost, loadBalancer } = options;
  const account = await unprivilegedAccount();
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-edge-'));
  const httpsPort = await findFreePort();
  const httpPort = await findFreePort(new Set([httpsPort]));
  const listenOptions = loadBalancer === undefined ? 'ssl http2' : 'ssl http2 proxy_protocol';
  const files = {
    'place/listen-https.conf': `listen 127.0.0.1:${httpsPort} ${listenOptions};`,
    'place/listen-http.conf': `listen 127.0.0.1:${httpPort};`,
    'place/names.conf': `server_name localhost; set $public_host ${publicHost};`,
    'place/upstream.conf': `upstream gateway { server 127.0.0.1:${gatewayPort} max_fails=0; keepalive 32; } proxy_bind ${edgeAddress};`,
    'place/addresses.conf': [
      `geo $is_internal { default 0; ${internalNetwork} 1; }`,
      ...(loadBalancer === undefined ? [] : [`set_real_ip_from ${loadBalancer};`, 'real_ip_header proxy_protocol;']),
    ].join('\n'),
  };
  await mkdir(join(folder, 'place'));
  await mkdir(join(folder, 'tls'));
  for (const name of sharedFiles) await copyFile(join(configurationDir, name), join(folder, name));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const ca = await putCertificate(folder, account);
  const stop = await run(folder, account);
  try {
    await waitFor('the edge', () => answersProbe(httpPort));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `https://localhost:${httpsPort}`,
    httpsPort,
    httpPort,
    folder,
    ca,
    log: () => readFile(join(folder, 'log'), 'utf8'),
    renewCertificate: () => putCertificate(folder, account),
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function putCertificate(folder: string, account: Account | undefined): Promise<string> {
  const { certificate, privateKey, ca } = await createTestCertificates(['localhost']);
  for (const [name, text] of Object.entries({ 'tls.key': privateKey, 'tls.crt': certificate })) {
    const path = join(folder, 'tls', name);
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    if (account) await chown(`${path}.new`, account.uid, account.gid);
    await rename(`${path}.new`, path);
  }
  return ca;
}

/** Without rights, as in the cluster: what is not its own it cannot read. */
async function run(folder: string, account: Account | undefined): Promise<() => Promise<void>> {
  const log = await open(join(folder, 'log'), 'a', 0o600);
  if (account) await chown(join(folder, 'log'), account.uid, account.gid);
  if (account) await chown(folder, account.uid, account.gid);
  const child = spawn('nginx', ['-p', `${folder}/`, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    cwd: folder,
    stdio: ['ignore', log.fd, 'inherit'],
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Error('NGINX does not start: is nginx-light installed?', { cause })));
  });
  await log.close();
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

async function answersProbe(port: number): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200;
}

/** One answer of the edge or of what is behind it. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const problemCodeSchema = z.object({ code: z.string() });

/** The code of a problem that was answered. @throws for any other answer */
export function problemCode({ headers, text }: EdgeAnswer): string {
  if (headers['content-type'] !== 'application/problem+json') throw new Error(`no problem: ${text.slice(0, 200)}`);
  return problemCodeSchema.parse(JSON.parse(text)).code;
}

/** How {@link ask} asks. The path is sent as it is. */
export interface EdgeRequest {
  readonly method?: string;
  readonly path?: string;
  /** Loopback address of the client; absent: one of its own. */
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Of the certificate; absent: the first one's. */
  readonly ca?: string;
  readonly isPlain?: boolean;
  /** In place of a connection of its own. */
  readonly socket?: Socket;
}

/** Asks the edge for something. Each request has a connection of its own, and a client that nobody else is. */
export function ask(edge: Edge, request: EdgeRequest = {}): Promise<EdgeAnswer> {
  const { method = 'GET', path = '/', from = newAddress(), headers = {}, body, isPlain = false, socket } = request;
  const options: RequestOptions = {
    host: '127.0.0.1',
    port: isPlain ? edge.httpPort : edge.httpsPort,
    localAddress: from,
    ca: request.ca ?? edge.ca,
    servername: 'localhost',
    agent: false,
    method,
    path,
    headers: { host: 'localhost', ...Object.fromEntries(Object.entries(headers).map(([n, v]) => [n, mutable(v)])) },
    ...(socket ? { socket } : {}),
  };
  return new Promise((resolve, reject) => {
    const outgoing = (isPlain ? plainRequest : secureRequest)(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function mutable(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? value : [...value];
}

/** A connection over which a load balancer has said who the client is. */
export function announced(edge: Edge, client: string): Socket {
  const [family, target] = client.includes(':') ? ['TCP6', '::1'] : ['TCP4', '127.0.0.1'];
  const socket = connect({ host: '127.0.0.1', port: edge.httpsPort });
  socket.write(`PROXY ${family} ${client} ${target} 50000 443\r\n`);
  return socket;
}

/** A TLS connection to the edge from an address of its own. */
export function tlsConnection(edge: Edge, options: { from?: string; servername?: string } = {}): TLSSocket {
  const { from = newAddress(), servername = 'localhost' } = options;
  const socket = connect({ host: '127.0.0.1', port: edge.httpsPort, localAddress: from });
  return connectTls({ socket, ca: edge.ca, servername });
}

/** Sends bytes as they are and reads until the edge closes. */
export async function sendRaw(edge: Edge, bytes: string): Promise<string> {
  const socket = tlsConnection(edge);
  socket.write(bytes);
  return await text(socket);
}
