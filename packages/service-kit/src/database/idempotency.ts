import { z } from 'zod';
import { ProblemError } from '../problem.ts';
import type { PersonBox, SealedPlace } from '../security/personBox.ts';
import type { RawSql } from './rawSql.ts';

/** A request that takes effect once for a person and key, however often it is sent (API-5). */
export interface IdempotentRequest {
  readonly idempotencyKey: string;
  /** What the request asks for, as JSON values in a fixed order, so that their order in its body does not matter. */
  readonly members: readonly unknown[];
}

/** The idempotency key was used for another request. */
export class IdempotencyConflict extends ProblemError {
  constructor() {
    super('request.idempotency-conflict');
  }
}

const rowsSchema = z
  .array(z.object({ fingerprint: z.instanceof(Uint8Array), answer: z.instanceof(Uint8Array) }))
  .max(1);

/**
 * What an earlier request of the box's person with this key was answered; `undefined` when there was none.
 * @throws IdempotencyConflict, or SealBroken when somebody changed the answer
 */
export async function earlierAnswer(tx: QuerySql, box: PersonBox, request: IdempotentRequest): Promise<unknown> {
  const key = keyOf(box, request);
  const [earlier] = rowsSchema.parse(
    await tx.$queryRaw`
      SELECT fingerprint, answer FROM idempotent_requests WHERE user_id = ${box.personId} AND key = ${key}`,
  );
  if (!earlier) return undefined;
  if (Buffer.compare(earlier.fingerprint, fingerprintOf(box, request)) !== 0) throw new IdempotencyConflict();
  return openAnswer(box, key, earlier.answer);
}

/**
 * Keeps the answer for repeats, sealed, in the transaction of the request's effect. Waits for a concurrent request with the same key,
 * so that exactly one of them takes effect. The relay's clean-up forgets answers after a day.
 * @returns `undefined` when the answer is kept, otherwise what the request that came first was answered.
 * @throws IdempotencyConflict, or SealBroken when somebody changed that answer
 */
export async function keepAnswer(
  tx: RawSql & QuerySql,
  box: PersonBox,
  request: IdempotentRequest,
  answer: object,
): Promise<unknown> {
  const key = keyOf(box, request);
  const sealed = box.seal(answerOf(key), JSON.stringify(answer));
  const kept = await tx.$executeRaw`
    INSERT INTO idempotent_requests (user_id, key, fingerprint, answer)
    VALUES (${box.personId}, ${key}, ${fingerprintOf(box, request)}, ${sealed})
    ON CONFLICT DO NOTHING`;
  if (kept === 1) return undefined;
  const earlier = await earlierAnswer(tx, box, request);
  if (earlier === undefined) throw new Error('the clean-up took an answer between two statements');
  return earlier;
}

/** Forgets what was answered to a person who is gone. @returns how many answers those were. */
export async function forgetAnswers(tx: RawSql, userId: string): Promise<number> {
  return await tx.$executeRaw`DELETE FROM idempotent_requests WHERE user_id = ${userId}`;
}

/** Anything that answers a parameterised query with rows, as Prisma's clients and transactions do. */
export interface QuerySql {
  $queryRaw(strings: TemplateStringsArray, ...values: unknown[]): PromiseLike<unknown>;
}

function answerOf(key: Uint8Array): SealedPlace {
  return { field: 'idempotent_requests.answer', row: Buffer.from(key).toString('hex') };
}

/** A kept answer, opened. @throws SealBroken */
export function openAnswer(box: PersonBox, key: Uint8Array, sealed: Uint8Array): unknown {
  return JSON.parse(box.open(answerOf(key), sealed));
}

/** What the row is found by. Clients choose their keys as they like, an e-mail address too, so the key itself is not kept. */
function keyOf(box: PersonBox, { idempotencyKey }: IdempotentRequest): Uint8Array<ArrayBuffer> {
  return box.index('idempotent_requests.key', idempotencyKey);
}

/** Tells requests apart. Keyed, so that nobody who reads the database can try guesses of what was asked. */
function fingerprintOf(box: PersonBox, { idempotencyKey, members }: IdempotentRequest): Uint8Array<ArrayBuffer> {
  return box.index('idempotent_requests.fingerprint', JSON.stringify([idempotencyKey, ...members]));
}
