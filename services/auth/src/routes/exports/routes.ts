import {
  exportChunkHeaders,
  exportChunkRequestSchema,
  exportLinkSchema,
  exportParamsSchema,
  exportsSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import type { OpenExport } from '../../commands/openExport.ts';
import type { RequestExport } from '../../commands/requestExport.ts';
import type { OwnExports } from '../../ports/exportStore.ts';

/** /v1/exports: everything that is kept of the person who asks (PRIV-3). A stolen session must not carry it away, so they prove themselves. */
export function exportRoutes(options: {
  readonly exports: Pick<OwnExports, 'list'>;
  readonly requestExport: RequestExport;
  readonly openExport: OpenExport;
}): Route[] {
  const { exports, requestExport, openExport } = options;
  return [
    defineRoute({
      operation: 'listExports',
      method: 'GET',
      path: '/v1/exports',
      permission: 'account.own.read',
      responses: { 200: exportsSchema },
      handler: async ({ user }) => ({ status: 200, body: { items: await exports.list(user.userId) } }),
    }),
    defineRoute({
      operation: 'requestExport',
      method: 'POST',
      path: '/v1/exports',
      permission: 'account.own.read',
      stepUp: true,
      responses: { 202: exportsSchema },
      handler: async ({ user }) => {
        await requestExport(user.userId);
        return { status: 202, body: { items: await exports.list(user.userId) } };
      },
    }),
    defineRoute({
      operation: 'createExportLink',
      method: 'POST',
      path: '/v1/exports/link/:id',
      permission: 'account.own.read',
      stepUp: true,
      request: { params: exportParamsSchema },
      responses: { 201: exportLinkSchema },
      handler: async ({ user, params }) => ({ status: 201, body: await openExport.link(user, params.id) }),
    }),
    defineRoute({
      operation: 'readExportChunk',
      method: 'POST',
      path: '/v1/exports/chunk',
      permission: 'account.own.read',
      raw: true,
      request: { body: exportChunkRequestSchema },
      handler: async ({ user, body, res }) => {
        const { content, bytes, chunks } = await openExport.chunk(user, body.token, body.chunk);
        res.status(200).set({
          'cache-control': 'no-store',
          [exportChunkHeaders.bytes]: String(bytes),
          [exportChunkHeaders.chunks]: String(chunks),
        });
        res.type('application/octet-stream').send(content);
      },
    }),
  ];
}
