import type { AuditEntry, auditExportQuerySchema } from '@todo-chatbot/contracts';
import type { z } from 'zod';

/** How an export of the audit trail is written. */
export interface ExportFormat {
  readonly contentType: string;
  readonly head: string;
  line(entry: AuditEntry): string;
  /** Ends an export that is whole; `count` entries are in it. */
  tail(count: number): string;
}

/**
 * What a spreadsheet takes for the beginning of a formula, also in the wide forms of East Asia. It may begin in the middle of a cell: where
 * the comma is the decimal sign, spreadsheets divide cells at semicolons, whatever quotes there are.
 */
const formulaStart = /(^|[;\t\r\n])( *)(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/g;

type Cell = string | number | null;

/** Columns of the CSV, in an order that stays: new ones come last. */
const columns: Readonly<Record<string, (entry: AuditEntry) => Cell>> = {
  index: ({ index }) => index,
  eventId: ({ eventId }) => eventId,
  time: ({ time }) => time,
  service: ({ event }) => event.service,
  actorType: ({ event }) => event.actor.type,
  actorId: ({ event }) => event.actor.id,
  sessionId: ({ event }) => event.sessionId,
  category: ({ event }) => event.category,
  action: ({ event }) => event.action,
  outcome: ({ event }) => (event.success ? 'success' : 'failure'),
  reason: ({ event }) => event.reason,
  objectType: ({ event }) => event.object?.type ?? null,
  objectId: ({ event }) => event.object?.id ?? null,
  input: ({ event }) => JSON.stringify(event.input),
  address: ({ event }) => event.metadata.address,
  userAgent: ({ event }) => event.metadata.userAgent,
  traceId: ({ event }) => event.traceId,
  retentionClass: ({ event }) => event.retentionClass,
  leafHash: ({ leafHash }) => leafHash,
  sealed: ({ sealed }) => sealed.map(({ field, state }) => `${field} ${state}`).join(', '),
};

/** The formats of an export, by name. */
export const exportFormats: Readonly<Record<z.infer<typeof auditExportQuerySchema>['format'], ExportFormat>> = {
  /** An entry on each line, and a last line that is not one: a file without it is not whole. */
  jsonl: {
    contentType: 'application/jsonl; charset=utf-8',
    head: '',
    line: (entry) => `${JSON.stringify(entry)}\n`,
    tail: (count) => `${JSON.stringify({ end: true, count })}\n`,
  },
  /** RFC 4180, which has no place for an end: its readers hold the number of rows against the trailer of the answer. */
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: rowOf(Object.keys(columns)),
    line: (entry) => rowOf(Object.values(columns).map((cell) => cell(entry))),
    tail: () => '',
  },
};

function rowOf(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/**
 * A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it (OWASP, "CSV injection"). Who wants the
 * exact text takes JSON Lines.
 */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = cell.replace(formulaStart, "$1'$2");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
