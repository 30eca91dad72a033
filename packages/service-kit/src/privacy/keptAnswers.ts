import { z } from 'zod';
import { openAnswer, type QuerySql } from '../database/idempotency.ts';
import type { PersonBox } from '../security/personBox.ts';
import { inPages } from './inPages.ts';
import type { PersonalRecord } from './personalData.ts';

const bytesSchema = z.instanceof(Uint8Array);
const rowsSchema = z.array(z.object({ key: bytesSchema, answer: bytesSchema, createdAt: z.date() }));

/** The answers that are kept for repeats of the requests of the box's person, for their archive (PRIV-3). @throws SealBroken */
export async function* keptAnswers(db: QuerySql, box: PersonBox): AsyncGenerator<PersonalRecord, void, undefined> {
  const rows = inPages<z.infer<typeof rowsSchema>[number]>(async (after, limit) =>
    rowsSchema.parse(
      await db.$queryRaw`
        SELECT key, answer, created_at AS "createdAt" FROM idempotent_requests
        WHERE user_id = ${box.personId} AND key > ${after?.key ?? new Uint8Array()} ORDER BY key LIMIT ${limit}`,
    ),
  );
  for await (const { key, answer, createdAt } of rows) {
    const record = { answeredAt: createdAt.toISOString(), answer: openAnswer(box, key, answer) };
    yield { kind: 'kept-answer', record };
  }
}
