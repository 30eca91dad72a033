import { inclusionProofQuerySchema, inclusionProofSchema } from '@todo-chatbot/contracts';
import { defineRoute, ProblemError } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { LogWriter } from '../../commands/logWriter.ts';
import { recordAccess } from '../../commands/recordAccess.ts';
import type { LogReader } from '../../ports/logReader.ts';
import type { TrailEntry } from '../../ports/trailReader.ts';
import type { OpenEntries } from '../../queries/openEntries.ts';
import { type EntryProof, proveInclusion } from '../../queries/proveInclusion.ts';
import { asAuditEntries } from '../../queries/searchTrail.ts';
import { personOfTrail } from '../personOfTrail.ts';

const paramsSchema = z.strictObject({
  index: z
    .string()
    .regex(/^(0|[1-9]\d{0,14})$/)
    .transform(Number),
});

/** `GET /v1/entries/:index/proof`: proof that an entry is in the log, to be kept and checked by anybody who has the log's key. */
export const getInclusionProof = ({
  reader,
  openEntries,
  writer,
}: {
  readonly reader: LogReader;
  readonly openEntries: OpenEntries;
  readonly writer: LogWriter;
}) =>
  defineRoute({
    operation: 'getInclusionProof',
    method: 'GET',
    path: '/v1/entries/:index/proof',
    permission: 'audit.own.read',
    request: { params: paramsSchema, query: inclusionProofQuerySchema },
    responses: { 200: inclusionProofSchema },
    handler: async ({ params: { index }, query: { treeSize }, user, context }) => {
      const access = {
        context,
        action: 'audit.prove',
        category: 'data-access' as const,
        object: { type: 'audit-entry', id: String(index) },
        input: { treeSize: treeSize ?? null },
      };
      try {
        const actorId = personOfTrail(user);
        const proof = await proveInclusion(reader, { index, treeSize, actorId });
        const [entry] = await asAuditEntries(bodiesOf(proof), actorId, openEntries);
        await recordAccess(writer, access);
        return { status: 200, body: { ...proof, entry: entry ?? null } };
      } catch (error) {
        // An attempt to see what is not one's own leaves a trace as well.
        if (error instanceof ProblemError && error.status < 500) {
          await recordAccess(writer, { ...access, reason: error.code });
        }
        throw error;
      }
    },
  });

function bodiesOf({ index, leafHash, body }: EntryProof): TrailEntry[] {
  if (body === null) return [];
  return [{ index, leafHash: Buffer.from(leafHash, 'hex'), body: Buffer.from(body, 'base64') }];
}
