import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DatabaseServer } from './connection.ts';

/** Something in the environment of a command is missing or malformed; the message names it and never says what it holds. */
export class EnvironmentFault extends Error {
  override readonly name = 'EnvironmentFault';
}

/** A path that a manifest gives. */
export const pathSchema = z.string().min(1).max(1000);

/** What every command is told of the server. */
export const serverEnvironment = z.object({
  DATABASE_HOST: z.string().min(1).max(253),
  DATABASE_PORT: z.coerce.number().int().min(1).max(65_535),
  /** PEM: the authority of the server's certificate. */
  DATABASE_CA_FILE: pathSchema,
  /** How long a server, a role or a database that is not there yet is waited for, in seconds; the longest is what a Job may take. */
  WAIT_SECONDS: z.coerce.number().int().min(0).max(3600).default(300),
});

/** Parses a command's environment. @throws EnvironmentFault that names every fault at once */
export function parseEnvironment<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.infer<S> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map((issue) => issue.path.join('.')));
  throw new EnvironmentFault(`Missing or malformed in the environment: ${[...names].join(', ')}`);
}

/** The server that the environment names. */
export async function serverOf(environment: z.infer<typeof serverEnvironment>): Promise<DatabaseServer> {
  const ca = await readGiven(environment.DATABASE_CA_FILE);
  return { host: environment.DATABASE_HOST, port: environment.DATABASE_PORT, ca };
}

/**
 * A password as the services use it too: every byte counts, so nothing is trimmed. A line feed at the end, which an editor leaves, would
 * lock everybody out who reads the same secret otherwise.
 */
const passwordSchema = z
  .string()
  .min(16)
  .max(200)
  .regex(/^[\x21-\x7e]+$/);

/** Reads a password from the file of a mounted secret. @throws EnvironmentFault */
export async function readPassword(folder: string, secret: string, key = 'password'): Promise<string> {
  const path = join(folder, secret, key);
  const parsed = passwordSchema.safeParse(await readGiven(path));
  if (parsed.success) return parsed.data;
  throw new EnvironmentFault(`${path} holds no password of 16 to 200 printable ASCII characters without blanks.`);
}

/** Reads a file that the environment names. @throws EnvironmentFault when it cannot */
export async function readGiven(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new EnvironmentFault(`${path} cannot be read.`, { cause });
  }
}
