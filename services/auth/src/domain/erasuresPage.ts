import { idSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** A cursor may be forged: PostgreSQL holds no earlier year than this schema lets through. */
const momentSchema = z.iso.datetime().refine((at) => at >= '1970');
const positionSchema = z.tuple([momentSchema, idSchema('erasure')]);

/** Where an erasure stands in the list: requested, id. */
export type ErasurePosition = z.infer<typeof positionSchema>;

/** Cursor that stands for "after this position"; opaque to clients. It grants nothing: it only skips within the list. */
export function encodeErasureCursor(position: ErasurePosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position of a cursor, or `null` when it is none of ours. */
export function decodeErasureCursor(cursor: string): ErasurePosition | null {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
