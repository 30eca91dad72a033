import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ProblemError } from '../problem.ts';
import type { RawSql } from './rawSql.ts';

/** A request that takes effect once for a person and key, however often it is sent (API-5). */
export interface IdempotentRequest {
  readonly userId: string;
  readonly idempotencyKey: string;
  /** Hash of the request by {@link fingerprintOf}: the same key with another one is a conflict. */
  readonly fingerprint: string;
}

/** The idempotency key was used for another request. */
export class IdempotencyConflict extends ProblemError {
  constructor() {
    super('request.idempotency-conflict');
  }
}

const rowsSchema = z.array(z.object({ fingerprint: z.string(), answer: z.unknown() })).max(1);

/** SHA-256 in hexadecimal of a request's members; give them one by one, so that their order in the request does not matter. */
export function fingerprintOf(members: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('hex');
}

/**
 * What an earlier request with this key was answered; `undefined` when there was none.
 * @throws IdempotencyConflict
 */
export async function earlierAnswer(tx: QuerySql, request: IdempotentRequest): Promise<unknown> {
  const [earlier] = rowsSchema.parse(
    await tx.$queryRaw`
      SELECT fingerprint, answer FROM idempotent_requests WHERE user_id = ${request.userId} AND key = ${request.idempotencyKey}`,
  );
  if (earlier && earlier.fingerprint !== request.fingerprint) throw new IdempotencyConflict();
  return earlier?.answer;
}

/**
 * Keeps the answer for repeats, in the transaction of the request's effect. Waits for a concurrent request with the same key, so
 * that exactly one of them takes effect. The relay's clean-up forgets answers after a day.
 * @returns `undefined` when the answer is kept, otherwise what the request that came first was answered.
 * @throws IdempotencyConflict
 */
export async function keepAnswer(tx: RawSql & QuerySql, request: IdempotentRequest, answer: object): Promise<unknown> {
  const kept = await tx.$executeRaw`
    INSERT INTO idempotent_requests (user_id, key, fingerprint, answer)
    VALUES (${request.userId}, ${request.idempotencyKey}, ${request.fingerprint}, ${JSON.stringify(answer)}::jsonb)
    ON CONFLICT DO NOTHING`;
  if (kept === 1) return undefined;
  const earlier = await earlierAnswer(tx, request);
  if (earlier === undefined) throw new Error('the clean-up took an answer between two statements');
  return earlier;
}

/** Forgets what was answered to a person who is gone. @returns how many answers those were. */
export async function forgetAnswers(tx: RawSql, userId: string): Promise<number> {
  return await tx.$executeRaw`DELETE FROM idempotent_requests WHERE user_id = ${userId}`;
}

/** Anything that answers a parameterised query with rows, as Prisma's clients and transactions do. */
interface QuerySql {
  $queryRaw(strings: TemplateStringsArray, ...values: unknown[]): PromiseLike<unknown>;
}
