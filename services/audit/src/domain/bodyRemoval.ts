import { createHash } from 'node:crypto';
import { type AuditEventData, retentionClassSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** Action of the entry that accounts for removed bodies. */
export const removeBodiesAction = 'audit.remove-bodies';
const objectType = 'retention-run';

/** What a run of the retention says of itself in the log, for ever. */
export interface BodyRemoval {
  readonly runId: string;
  readonly retentionClass: AuditEventData['retentionClass'];
  /** Bodies of entries from before this time were removed. */
  readonly before: Date;
  readonly count: number;
  /** The first entry that lost its body. */
  readonly firstIndex: number;
  /** Of {@link createRemovalDigest}, hex. */
  readonly digest: string;
}

/** A digest in the making. */
export interface RemovalDigest {
  add(entry: { readonly index: number; readonly eventId: string }): void;
  /** Ends it, hex. */
  hex(): string;
}

/**
 * Digest of which entries lost their bodies: SHA-256 of a line `<index> <event id>` for each, in the order of their index. The event id
 * is in it because nothing else vouches for it once the body is gone.
 */
export function createRemovalDigest(): RemovalDigest {
  const hash = createHash('sha256');
  return {
    add({ index, eventId }) {
      hash.update(`${index} ${eventId}\n`);
    },
    hex: () => hash.digest('hex'),
  };
}

/** The event that accounts for a run; it is kept for ever itself. */
export function removalEventData(removal: BodyRemoval): AuditEventData {
  const { runId, retentionClass, before, count, firstIndex, digest } = removal;
  return {
    service: 'audit',
    actor: { type: 'service', id: 'audit' },
    sessionId: null,
    category: 'administration',
    action: removeBodiesAction,
    success: true,
    reason: null,
    object: { type: objectType, id: runId },
    input: { class: retentionClass, before: before.toISOString(), count, firstIndex, digest },
    metadata: { address: null, userAgent: null },
    traceId: null,
    retentionClass: 'administration',
  };
}

const removalEntrySchema = z
  .object({
    // Nobody else can have these: ingestion takes events of other producers only in their own names.
    source: z.literal('audit'),
    event: z.object({
      service: z.literal('audit'),
      action: z.literal(removeBodiesAction),
      success: z.literal(true),
      object: z.object({ type: z.literal(objectType), id: z.string() }),
      input: z.strictObject({
        class: retentionClassSchema,
        before: z.iso.datetime(),
        count: z.int().min(1),
        firstIndex: z.int().min(0),
        digest: z.string().length(64),
      }),
    }),
  })
  .transform(({ event: { object, input } }): BodyRemoval => {
    const { class: retentionClass, before, ...counted } = input;
    return { runId: object.id, retentionClass, before: new Date(before), ...counted };
  });

/** The run that an entry accounts for; undefined when the entry is no such account. Throws SyntaxError for what is no body at all. */
export function readBodyRemoval(body: Buffer): BodyRemoval | undefined {
  return removalEntrySchema.safeParse(JSON.parse(body.toString())).data;
}
