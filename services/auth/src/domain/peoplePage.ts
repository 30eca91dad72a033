import { idSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** A cursor may be forged: PostgreSQL holds no earlier year than this schema lets through. */
const momentSchema = z.iso.datetime().refine((at) => at >= '1970');
const peoplePositionSchema = z.tuple([momentSchema, idSchema('user')]);

/** Where a person stands in the list: created, id. */
export type PeoplePosition = z.infer<typeof peoplePositionSchema>;

/** Cursor that stands for "after this position"; opaque to clients. It grants nothing: it only skips within the list. */
export function encodeCursor(position: PeoplePosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position of a cursor, or `null` when it is none of ours. */
export function decodeCursor(cursor: string): PeoplePosition | null {
  try {
    return peoplePositionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
