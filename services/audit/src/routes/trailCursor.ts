import type { IndexRange } from '../ports/trailReader.ts';

const pattern = /^(\d{1,15})-(\d{1,15})(?:-([\w-]{1,64}))?$/;

/**
 * Cursor of a page: the indexes that are still to be shown, and the entry that an export was recorded as. Opaque to clients, and it
 * grants nothing: what may be seen in a range is decided anew for each page.
 */
export function encodeTrailCursor({ from, to }: IndexRange, exportId?: string): string {
  const text = exportId === undefined ? `${from}-${to}` : `${from}-${to}-${exportId}`;
  return Buffer.from(text).toString('base64url');
}

/** What a cursor says; null for one that is none of ours. */
export function decodeTrailCursor(
  cursor: string,
): { readonly range: IndexRange; readonly exportId: string | undefined } | null {
  const [, from, to, exportId] = pattern.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (from === undefined || to === undefined) return null;
  return { range: { from: Number(from), to: Number(to) }, exportId };
}
