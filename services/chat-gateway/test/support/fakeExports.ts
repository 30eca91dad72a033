import { randomBytes } from 'node:crypto';
import { exportChunkHeaders, exportChunkRequestSchema, newId } from '@todo-chatbot/contracts';
import { type InvokeRequest, ProblemError } from '@todo-chatbot/service-kit';

/** Exports as `auth` answers them: one archive, in chunks, opened by one token at a time. */
export function createFakeExports() {
  const archive = { chunks: [Buffer.from('{}')], token: '', next: 0 };
  return {
    /** What a link opens. */
    archive,
    /** Runs before a chunk is answered. */
    beforeChunk: async (_chunk: number): Promise<void> => undefined,
    answer({ method, path }: InvokeRequest): unknown {
      if (!path.startsWith('/v1/exports/link/')) {
        const at = new Date().toISOString();
        const one = { state: 'collecting', requestedAt: at, deadlineAt: at, endedAt: null, expiresAt: null } as const;
        const items = [{ ...one, id: newId('export'), bytes: null, sha256: null, failure: null, progress: [] }];
        return { items: method === 'POST' ? items : [] };
      }
      archive.token = randomBytes(32).toString('base64url');
      archive.next = 0;
      return { token: archive.token, expiresAt: new Date(Date.now() + 600_000).toISOString() };
    },
    async chunk(request: InvokeRequest): Promise<{ readonly body: Buffer; readonly headers: Headers }> {
      const { token, chunk } = exportChunkRequestSchema.parse(request.body);
      await this.beforeChunk(chunk);
      const body = archive.chunks[chunk];
      if (token !== archive.token || chunk !== archive.next || !body) throw new ProblemError('export.link-invalid');
      archive.next += 1;
      const bytes = archive.chunks.reduce((sum, { length }) => sum + length, 0);
      const headers = new Headers({
        [exportChunkHeaders.bytes]: String(bytes),
        [exportChunkHeaders.chunks]: String(archive.chunks.length),
      });
      return { body, headers };
    },
  };
}
