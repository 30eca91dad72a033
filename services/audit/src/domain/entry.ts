import { auditEventDataSchema, cloudEventSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { canonicalJson, NotCanonicalError } from './canonicalJson.ts';
import { leafHashOf } from './merkleTree.ts';

/** Most bytes of a leaf: entry bundles of C2SP tlog-tiles give the length in 16 bits. */
export const maxLeafBytes = 65_535;

/** Times before 1970 are nobody's; the year 0 is not even a year to PostgreSQL. */
const earliestTime = Date.UTC(1970, 0, 1);

// Ids become indexed columns, and PostgreSQL's text cannot hold U+0000.
const printableId = z.string().regex(/^[\x21-\x7e]{1,64}$/);

const timeSchema = z.iso
  .datetime()
  .refine((time) => Date.parse(time) >= earliestTime, 'must not be before 1970')
  .transform((time) => new Date(time).toISOString());

/**
 * A field of the event sealed under a person's data key. The leaf hash is over the sealed bytes, so destroying the key makes
 * the field unreadable and leaves every proof valid.
 */
const sealedFieldSchema = z.strictObject({
  /** Where the field belongs in the event, dotted: `input.email`. */
  field: z.string().min(1).max(200),
  /** Which key opens the box. */
  keyId: z.string().min(1).max(100),
  /** Sealed bytes, opaque to the log. */
  box: z.base64(),
});

/** The content of a leaf. The file README.md of the service describes it byte by byte; a change of meaning gets a new `v`. */
const entrySchema = z.strictObject({
  v: z.literal(1),
  id: printableId,
  type: z.literal('audit.recorded.v1'),
  source: z.string().min(1).max(200),
  time: timeSchema,
  event: auditEventDataSchema.extend({
    actor: auditEventDataSchema.shape.actor.extend({ id: printableId.nullable() }),
  }),
  sealed: z.array(sealedFieldSchema).max(50),
});
export type Entry = z.infer<typeof entrySchema>;

/** What of an entry stands in columns of its own, so that it can be searched; the leaf has the last word. */
export interface EntryColumns {
  readonly eventId: string;
  /** RFC 3339 in UTC with milliseconds. */
  readonly time: string;
  readonly actorId: string | null;
  readonly action: string;
}

/** An entry ready to be appended. */
export interface EncodedEntry extends EntryColumns {
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
}

/** Why an event cannot become an entry. */
export type EntryFault = 'not-json' | 'not-an-audit-event' | 'not-canonical' | 'too-large';

/** Thrown for an event that cannot become an entry. `where` names fields, never their values. */
export class EntryError extends Error {
  override readonly name = 'EntryError';
  readonly fault: EntryFault;
  readonly where: string;

  constructor(fault: EntryFault, where = '') {
    super(`the event cannot become an entry: ${fault}`);
    this.fault = fault;
    this.where = where;
  }
}

/** The entry of an audit event in its CloudEvents envelope. The same event always gives the same bytes. Throws EntryError. */
export function encodeEntry(cloudEvent: unknown): EncodedEntry {
  const envelope = cloudEventSchema.safeParse(cloudEvent);
  if (!envelope.success) throw new EntryError('not-an-audit-event', fieldsOf(envelope.error));
  const { id, type, source, time, data } = envelope.data;
  const entry = entrySchema.safeParse({ v: 1, id, type, source, time, event: data, sealed: [] });
  if (!entry.success) throw new EntryError('not-an-audit-event', fieldsOf(entry.error));
  const leaf = leafOf(entry.data);
  if (leaf.length > maxLeafBytes) throw new EntryError('too-large');
  return { ...columnsOf(entry.data), leaf, leafHash: leafHashOf(leaf) };
}

/** An event as it came over the wire. */
export interface ReceivedEvent {
  readonly entry: EncodedEntry;
  /** Which trace the act belongs to; not part of the entry. */
  readonly traceparent: string | undefined;
}

/** Reads an event from UTF-8 JSON. Throws EntryError. */
export function readEvent(bytes: Uint8Array): ReceivedEvent {
  const cloudEvent = parseJson(bytes);
  return { entry: encodeEntry(cloudEvent), traceparent: cloudEventSchema.parse(cloudEvent).traceparent };
}

/** Reads a leaf for whoever wants to see what it says. Throws EntryError. */
export function decodeLeaf(leaf: Buffer): Entry {
  const entry = entrySchema.safeParse(parseJson(leaf));
  if (!entry.success) throw new EntryError('not-an-audit-event', fieldsOf(entry.error));
  return entry.data;
}

/** What must hold of every leaf ever written, however the schema of audit events has changed since. */
const anyLeafSchema = z.looseObject({
  v: z.literal(1),
  id: z.string(),
  time: z.string(),
  event: z.looseObject({ actor: z.looseObject({ id: z.string().nullable() }), action: z.string() }),
});

/** What the columns beside a leaf have to say; refuses every spelling of the leaf but the canonical one. Throws EntryError. */
export function columnsOfLeaf(leaf: Buffer): EntryColumns {
  const content = parseJson(leaf);
  if (!leafOf(content).equals(leaf)) throw new EntryError('not-canonical');
  const parsed = anyLeafSchema.safeParse(content);
  if (!parsed.success) throw new EntryError('not-an-audit-event', fieldsOf(parsed.error));
  return columnsOf(parsed.data);
}

function columnsOf({ id, time, event }: z.infer<typeof anyLeafSchema>): EntryColumns {
  return { eventId: id, time, actorId: event.actor.id, action: event.action };
}

function leafOf(content: unknown): Buffer {
  try {
    return Buffer.from(canonicalJson(content));
  } catch (error) {
    if (error instanceof NotCanonicalError) throw new EntryError('not-canonical');
    throw error;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new EntryError('not-json');
  }
}

/** Names of at most ten faulty fields; zod's messages are left out, because some repeat what they found. */
function fieldsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 10)
    .map(({ path }) => path.join('.').slice(0, 100))
    .join(' ');
}
