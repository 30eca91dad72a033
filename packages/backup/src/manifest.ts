import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { BackupBroken } from './backupBroken.ts';

/**
 * `keys`: the wrapped data keys and the list of destroyed ones. `log`: the audit log, which has the certificates of erasures. `data`: all the rest.
 * They are apart because they are of different age: a restore takes data as old as it must, and the newest of the others.
 */
export const backupKinds = ['data', 'keys', 'log'] as const;
export type BackupKind = (typeof backupKinds)[number];

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** As PostgreSQL's own unquoted names, so that a manifest cannot reach outside of the folder or into another statement. */
const nameSchema = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);

/** One table of a backup. */
const tableDumpSchema = z.strictObject({
  database: nameSchema,
  table: nameSchema,
  columns: z.array(nameSchema).min(1).max(200),
  rows: z.int().min(0),
  /** Of the rows in PostgreSQL's COPY text format, in the order of the primary key. */
  sha256: sha256Schema,
  /** COPY text, gzip, age. */
  file: z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+\.copy\.gz\.age$/),
  fileSha256: sha256Schema,
});
export type TableDump = z.infer<typeof tableDumpSchema>;

/** What a backup set holds; in the clear, because it says nothing of anybody, and signed. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  kind: z.enum(backupKinds),
  takenAt: z.iso.datetime(),
  /** What the databases were like just before, in the taker's own words: who compares it later knows whether another set is wanted. */
  state: z.string().max(200).optional(),
  /** Public key of age that it is encrypted to. */
  recipient: z.string().max(4_000),
  /** How many migrations each database had, by the table that counts them. */
  migrations: z.record(nameSchema, z.record(nameSchema, z.int().min(0))),
  tables: z.array(tableDumpSchema).max(1_000),
  /** Last value of each sequence; null: never used. */
  sequences: z
    .array(z.strictObject({ database: nameSchema, sequence: nameSchema, lastValue: z.string().max(20).nullable() }))
    .max(1_000),
});
export type Manifest = z.infer<typeof manifestSchema>;

const manifestFile = 'manifest.json';
const signatureFile = 'manifest.sig';

/** Writes the manifest and its Ed25519 signature. */
export async function writeManifest(folder: string, manifest: Manifest, signingKey: KeyObject): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  await writeFile(join(folder, manifestFile), bytes, { mode: 0o600, flag: 'wx' });
  await writeFile(join(folder, signatureFile), sign(null, bytes, signingKey), { mode: 0o600, flag: 'wx' });
}

/** Reads the manifest of a set. @throws BackupBroken when it is missing, malformed, or not signed by the key */
export async function readManifest(folder: string, publicKey: KeyObject): Promise<Manifest> {
  const read = (name: string) =>
    readFile(join(folder, name)).catch((cause: unknown) => {
      throw new BackupBroken(`${folder} has no readable ${name}`, cause);
    });
  const [bytes, signature] = [await read(manifestFile), await read(signatureFile)];
  if (!verify(null, bytes, publicKey, signature)) throw new BackupBroken(`${folder} is not signed by our backup key`);
  try {
    return manifestSchema.parse(JSON.parse(bytes.toString()));
  } catch (cause) {
    throw new BackupBroken(`${folder} has a manifest of another form`, cause);
  }
}

/** SHA-256 of a whole file, hexadecimal; of any length, a chunk in memory at a time. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
