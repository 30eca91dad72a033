import { Readable } from 'node:stream';
import {
  type AuditFilter,
  auditExportLimit,
  auditExportPageSchema,
  auditExportQuerySchema,
  consoleHeadersSchema,
  filterFrom,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { type ExportFormat, exportFormats } from '../domain/exportFormats.ts';
import type { PersonTokens } from './personTokens.ts';
import type { CountRequest } from './requestCounter.ts';
import { streamAnswer } from './streamAnswer.ts';

interface AuditExportOptions {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
  readonly count: CountRequest;
}

type Page = z.infer<typeof auditExportPageSchema>;
type FetchPage = (cursor: string | undefined) => Promise<Page>;

/** Says at the very end of the answer how many entries it held (RFC 9110 section 6.5). */
const countTrailer = 'x-entry-count';
/** The first page of an export counts what it will hold: up to a million entries. */
const pageTimeoutMs = 15_000;

/** The trail as a file: one's own, or with `audit.read` the whole log (AUD-5). */
export function auditExportRoutes({ dapr, tokens, count }: AuditExportOptions): Route[] {
  return [
    defineRoute({
      operation: 'exportAuditEntries',
      method: 'GET',
      path: '/api/v1/audit/export',
      permission: 'audit.own.read',
      request: { query: auditExportQuerySchema, headers: consoleHeadersSchema },
      raw: true,
      responses: { 200: z.string() },
      handler: async ({ query: { format, ...asked }, headers, user, context, signal, res }) => {
        const filter = filterFrom(headers, asked);
        // Counted here and not at the door, so that a mistake in the filter costs none.
        await count('exports', user.userId, context);
        const fetchPage = pagesOf({ dapr, userToken: tokens.tokenOf(user), filter, signal });
        const written = { entries: 0 };
        const { contentType } = exportFormats[format];
        // A refusal has to come before the answer begins.
        const first = await fetchPage(undefined);
        res.status(200).set({
          'content-type': contentType,
          'content-disposition': `attachment; filename="audit-trail.${format}"`,
          'cache-control': 'no-store',
          trailer: countTrailer,
        });
        const text = Readable.from(exportText(first, fetchPage, exportFormats[format], written), { highWaterMark: 1 });
        text.once('end', () => res.addTrailers({ [countTrailer]: String(written.entries) }));
        await streamAnswer(text, res);
      },
    }),
  ];
}

function pagesOf(options: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly userToken: string;
  readonly filter: AuditFilter;
  /** Aborted when the reader goes away. */
  readonly signal: AbortSignal;
}): FetchPage {
  const { dapr, userToken, filter, signal } = options;
  return async (cursor) => {
    const request = { appId: 'audit', method: 'GET', path: '/v1/export', timeoutMs: pageTimeoutMs } as const;
    const query = { ...filter, cursor };
    return (await dapr.invoke({ ...request, query, userToken, signal, responseSchema: auditExportPageSchema })).body;
  };
}

/** The text of an export page by page: the next one is fetched when the reader has taken the one before. */
async function* exportText(
  first: Page,
  fetchPage: FetchPage,
  format: ExportFormat,
  written: { entries: number },
): AsyncGenerator<string> {
  if (format.head !== '') yield format.head;
  for (let page = first; ; page = await fetchPage(page.nextCursor)) {
    if (page.items.length > 0) yield page.items.map(format.line).join('');
    written.entries += page.items.length;
    if (page.nextCursor === null) break;
    if (written.entries > auditExportLimit) throw new RangeError('an export has no end');
  }
  yield format.tail(written.entries);
}
