import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestCertificates, waitFor } from '@todo-chatbot/local-platform/testing';
import {
  appendLeaves,
  createCosigner,
  emptyFrontier,
  emptyWitnessStore,
  encodeAddCheckpoint,
  leafHashOf,
  type NoteSigner,
  type NoteVerifier,
  rootHashOf,
  signCheckpoint,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import { createHttpWitness } from '../src/adapters/httpWitness.ts';

const main = fileURLToPath(new URL('../witness/main.ts', import.meta.url));

/** What came back of a request to a witness. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A witness in a process of its own, over TLS on 127.0.0.1, for the log of the key; not started yet. */
export async function createWitnessProcess(log: NoteVerifier) {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-witness-'));
  const file = (name: string) => join(folder, name);
  const { privateKey } = generateKeyPairSync('ed25519');
  const certificates = await createTestCertificates(['127.0.0.1']);
  const port = await freePort();
  const url = `https://127.0.0.1:${port}`;
  await writeFile(file('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(file('store'), emptyWitnessStore);
  await writeFile(file('tls.pem'), certificates.privateKey + certificates.certificate);
  await writeFile(file('ca.crt'), certificates.ca);
  const cosigner = createCosigner('todo-chatbot.local/witness', privateKey);
  let child: ChildProcess | undefined;
  let output = '';

  function send(options: { method: string; path: string; headers?: Record<string, string> }, body?: string) {
    return new Promise<RawAnswer>((resolve, reject) => {
      const sent = request(url, { ...options, ca: certificates.ca, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, type: headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() });
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  const stop = async (signal: NodeJS.Signals) => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  };

  return {
    url,
    port,
    ca: certificates.ca,
    caFile: file('ca.crt'),
    keyFile: file('key.pem'),
    storeFile: file('store'),
    /** The folder of all its files. */
    folder,
    cosigner,
    client: () => createHttpWitness({ url, ca: certificates.ca }),
    send,
    post: (body: string) => send({ method: 'POST', path: '/add-checkpoint' }, body),
    /** What it has printed so far. */
    output: () => output,
    /** Resolves when it answers; rejects with what it printed when it ends instead. */
    async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
      const started = spawn(process.execPath, [main], {
        env: {
          PORT: String(port),
          KEY_FILE: file('key.pem'),
          STORE_FILE: file('store'),
          TLS_CERTIFICATE_FILE: file('tls.pem'),
          TLS_KEY_FILE: file('tls.pem'),
          LOG_VERIFIER_KEY: verifierKeyOf(log),
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      started.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
      const state = await waitFor('the witness', async () => {
        if (started.exitCode !== null) return 'ended';
        const { status } = await send({ method: 'GET', path: '/healthz' });
        return status === 200 ? 'open' : undefined;
      });
      if (state === 'ended') throw new Error(`the witness ended: ${output}`);
    },
    /** SIGKILL, whatever it is doing. */
    kill: () => stop('SIGKILL'),
    stop: () => stop('SIGTERM'),
    async remove(): Promise<void> {
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A log in memory whose leaves are the texts: what it can sign and prove, computed as RFC 6962 writes it down. */
export function logOf(signer: NoteSigner, leaves: readonly string[]) {
  const hashes = leaves.map((leaf) => leafHashOf(Buffer.from(leaf)));
  return {
    noteOf: (size: number) => signCheckpoint({ treeSize: size, rootHash: rootOf(hashes.slice(0, size)) }, signer),
    proofOf: (from: number, to: number) => (from === 0 ? [] : subproof(from, hashes.slice(0, to), true)),
  };
}

/** The request by which a log of this module asks for a cosignature. */
export function requestOf(log: ReturnType<typeof logOf>, from: number, to: number): string {
  return encodeAddCheckpoint({ oldSize: from, proof: log.proofOf(from, to), note: log.noteOf(to) });
}

function rootOf(hashes: readonly Buffer[]): Buffer {
  return rootHashOf(appendLeaves(emptyFrontier, hashes));
}

/** SUBPROOF of RFC 6962 section 2.1.2. */
function subproof(size: number, hashes: readonly Buffer[], isWhole: boolean): Buffer[] {
  if (size === hashes.length) return isWhole ? [] : [rootOf(hashes)];
  let border = 1;
  while (border * 2 < hashes.length) border *= 2;
  const [left, right] = [hashes.slice(0, border), hashes.slice(border)];
  return size <= border
    ? [...subproof(size, left, isWhole), rootOf(right)]
    : [...subproof(size - border, right, false), rootOf(left)];
}
