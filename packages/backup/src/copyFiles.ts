import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { PassThrough, Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupBroken } from './backupBroken.ts';

/** What went through, in the clear and on disk. */
export interface WrittenCopy {
  readonly rows: number;
  readonly sha256: string;
  readonly fileSha256: string;
}

/** Encrypts to a public key of age (`age1…`). @throws BackupBroken for anything else */
export function encrypterFor(recipient: string): Encrypter {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new BackupBroken('the recipient of backups is no public key of age (age1…)', cause);
  }
  return encrypter;
}

/** Writes COPY text to a file: gzip, then age to the encrypter's recipient. Holds a few chunks in memory, however long the table is. */
export async function writeCopyFile(options: {
  readonly source: Readable;
  readonly path: string;
  readonly encrypter: Encrypter;
}): Promise<WrittenCopy> {
  const { source, path, encrypter } = options;
  const plain = countingHash();
  const stored = createHash('sha256');
  const compressed = new PassThrough();
  // The encryption starts with its first chunk, so both ends of the pipe run side by side.
  const packing = pipeline(source, plain.stream, createGzip(), compressed);
  const storing = store();
  // Whoever waits for the other end would wait for ever.
  storing.catch((error: Error) => source.destroy(error));
  await Promise.all([packing, storing]);
  return { rows: plain.rows(), sha256: plain.digest(), fileSha256: stored.digest('hex') };

  async function store(): Promise<void> {
    const encrypted = await encrypter.encrypt(webStreamOf(compressed));
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    await pipeline(Readable.from(chunksOf(encrypted)), hashing(stored), file);
  }
}

/** Reads a file of {@link writeCopyFile} into a sink, and tells what it held. @throws when the identity does not open it, or bytes are changed */
export async function readCopyFile(options: {
  readonly path: string;
  readonly identity: string;
  readonly sink: Writable;
}): Promise<{ readonly rows: number; readonly sha256: string }> {
  const { path, identity, sink } = options;
  const plain = countingHash();
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const decrypted = await decrypter.decrypt(webStreamOf(createReadStream(path)));
  await pipeline(Readable.from(chunksOf(decrypted)), createGunzip(), plain.stream, sink);
  return { rows: plain.rows(), sha256: plain.digest() };
}

/** A sink that keeps nothing. */
export function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

const newline = 0x0a;

/** COPY text ends each row, and nothing else, with a line feed. */
function countingHash() {
  const hash = createHash('sha256');
  let rows = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === newline) rows += 1;
      done(null, chunk);
    },
  });
  return { stream, rows: () => rows, digest: () => hash.digest('hex') };
}

/** Passes everything on and hashes it on the way. */
export function hashing(hash: Hash): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}

/** Written out, because Node's own conversion loses the type of the chunks. */
function webStreamOf(stream: Readable): ReadableStream<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    async cancel() {
      stream.destroy();
    },
  });
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield chunk;
}
