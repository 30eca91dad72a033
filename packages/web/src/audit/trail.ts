import { type AuditFilter, auditEntriesSchema, auditFilterSchema } from '@todo-chatbot/contracts';
import { fetchJson, send } from '../api/client.ts';
import { fromLocalInput } from '../ui/localTime.ts';
import { saveAnswer } from '../ui/saveAnswer.ts';

/** Cache key of the pages of the log. */
export const trailKey = ['trail'] as const;

/** Formats of an export. */
export type ExportFormat = 'jsonl' | 'csv';

/** A million entries over a slow line; the access token has run out by then. */
const exportTimeoutMs = 1_800_000;

/** A page of the log, newest first. */
export async function loadTrail(filter: AuditFilter, cursor: string | null) {
  const query = queryOf(filter);
  query.set('limit', '50');
  if (cursor !== null) query.set('cursor', cursor);
  return fetchJson(auditEntriesSchema, 'GET', `/audit/entries?${query}`);
}

/** Has the browser save an export of the log. An export that broke off is an error, never a file. */
export async function saveExport(filter: AuditFilter, format: ExportFormat): Promise<void> {
  const query = queryOf(filter);
  query.set('format', format);
  await save(`/audit/export?${query}`, `audit-trail.${format}`);
}

/** Has the browser save the proof of an entry, for any verifier of tlog proofs. */
export async function saveProof(index: number): Promise<void> {
  await save(`/audit/entries/${index}/proof-file`, `entry-${index}.tlog-proof`);
}

/** By script and not by link, so that a refusal is told, and a fresh proof asked for, where the button is. */
async function save(path: string, name: string): Promise<void> {
  await saveAnswer(await send('GET', path, { accept: '*/*', signal: AbortSignal.timeout(exportTimeoutMs) }), name);
}

function queryOf(filter: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
  return query;
}

/** What a filled-in form asks for, or which of its fields make no sense. */
export function readFilter(
  text: (name: string) => string,
): { readonly filter: AuditFilter } | { readonly fault: string } {
  const typed = Object.fromEntries(
    Object.keys(auditFilterSchema.shape).flatMap((name) => {
      const value = text(name).trim();
      return value === '' ? [] : [[name, name === 'from' || name === 'to' ? fromLocalInput(value) : value]];
    }),
  );
  const parsed = auditFilterSchema.safeParse(typed);
  if (parsed.success) return { filter: parsed.data };
  const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  return { fault: `This cannot be searched for: ${[...names].join(', ')}.` };
}
