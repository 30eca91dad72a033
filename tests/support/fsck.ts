import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referencePrograms } from './reference.ts';

/** A log of 100,000 entries takes it less than a second from a folder, and some seconds over HTTP. */
const timeoutMs = 60_000;
/** With one worker it hangs on the first fault that it meets (v1.0.4). */
const workers = 16;
const maxOutputBytes = 1024 * 1024;

/** What a log is expected to be. */
export interface ExpectedLog {
  /** Where the tiles lie: `file:///folder` or `http://host/path/`. */
  readonly storageUrl: string;
  /** The log's key as a C2SP verifier key. */
  readonly verifierKey: string;
  readonly size: number;
  readonly rootHash: Buffer;
}

/**
 * Has Tessera's own fsck check a log, a program that nobody here wrote. Throws with its output unless it found the log sound and of
 * just this size and root; its exit code says nothing, because it is 0 even on failure (v1.0.4).
 */
export async function fsck({ storageUrl, verifierKey, size, rootHash }: ExpectedLog): Promise<void> {
  const { fsck: program } = await referencePrograms();
  const folder = await mkdtemp(join(tmpdir(), 'fsck-'));
  try {
    const keyFile = join(folder, 'log.vkey');
    await writeFile(keyFile, `${verifierKey}\n`);
    const args = [`--storage_url=${storageUrl}`, `--public_key=${keyFile}`, `-N=${workers}`, '--ui=false'];
    const output = await outputOf(program, args);
    const root = `${rootHash.toString('base64')} (${rootHash.toString('hex')})`;
    if (
      !output.split('\n').some((line) => line.endsWith(`Successfully fsck'd log with size ${size} and root ${root}`))
    ) {
      throw new Error(`fsck did not find a log of size ${size} and root ${root}:\n${output}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        if (output.length < maxOutputBytes) output += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (_, signal) => {
      resolve(signal === null ? output : `${output}\nended by ${signal} after at most ${timeoutMs} ms`);
    });
  });
}
