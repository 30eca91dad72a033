import { hash } from 'node:crypto';
import {
  type AuditedAct,
  auditEventDataSchema,
  auditedActSchema,
  auditPersonalFieldSchema,
  auditScopeOf,
  cloudEventSchema,
  maxSealedAuditFields,
  personOfAuditEvent,
} from '@todo-chatbot/contracts';
import { leafHashOf, maxEntryBytes } from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import { canonicalJson, NotCanonicalError } from './canonicalJson.ts';
import { newSalt } from './salt.ts';

/** Most bytes of a body, and of a leaf: entry bundles of C2SP tlog-tiles give the length in 16 bits. */
export const maxBodyBytes = maxEntryBytes;

/** Times before 1970 are nobody's; the year 0 is not even a year to PostgreSQL. */
const earliestTime = Date.UTC(1970, 0, 1);

// Ids become indexed columns.
const printableId = z.string().regex(/^[\x21-\x7e]{1,64}$/);

const timeSchema = z.iso
  .datetime()
  .refine((time) => Date.parse(time) >= earliestTime, 'must not be before 1970')
  .transform((time) => new Date(time).toISOString());

/**
 * A field of the event sealed under a key of its person (`personOfAuditEvent`). The leaf hash is over the sealed bytes, so destroying
 * the key makes the field unreadable and leaves every proof valid (AUD-4).
 */
export const sealedFieldSchema = z.strictObject({
  /** Where the field belongs in the event, dotted: `input.email`. */
  field: auditPersonalFieldSchema,
  /** Which of the person's keys opens the box. */
  scope: z.string().min(1).max(100),
  /** Sealed bytes, opaque to the log. */
  box: z.base64(),
});
export type SealedField = z.infer<typeof sealedFieldSchema>;

/** Path of the user agent among sealed fields. */
export const userAgentField = 'metadata.userAgent';

/** A sealed field with the event and the person that it is of. */
export interface SealedValue extends SealedField {
  readonly eventId: string;
  /** Null: the event is nobody's, so that nobody's key can have sealed it. */
  readonly personId: string | null;
}

/** The sealed fields of an entry, each with what it takes to open it. */
export function sealedValuesOf(entry: {
  readonly id: string;
  readonly event: Parameters<typeof personOfAuditEvent>[0];
  readonly sealed: readonly SealedField[];
}): SealedValue[] {
  const personId = personOfAuditEvent(entry.event);
  return entry.sealed.map((field) => ({ ...field, eventId: entry.id, personId }));
}

const eventSchema = auditedActSchema.extend({
  actor: auditedActSchema.shape.actor.extend({ id: printableId.nullable() }),
});

/**
 * What an entry says. The file README.md of the service describes it byte by byte; a change of meaning gets a new `v`. Version 1 had
 * no salt and was itself the leaf.
 */
const entrySchema = z.strictObject({
  v: z.literal([1, 2]),
  salt: z.base64url().length(22).optional(),
  id: printableId,
  type: z.literal('audit.recorded.v1'),
  source: z.string().min(1).max(200),
  time: timeSchema,
  event: eventSchema,
  sealed: z.array(sealedFieldSchema).max(maxSealedAuditFields),
});
export type Entry = z.infer<typeof entrySchema>;

/** What of a body stands in columns of its own, so that it can be searched; the body has the last word. */
export interface BodyColumns {
  /** RFC 3339 in UTC with milliseconds. */
  readonly time: string;
  readonly service: string;
  readonly actorId: string | null;
  readonly category: string;
  readonly action: string;
  readonly success: boolean;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly address: string | null;
  readonly traceId: string | null;
  readonly retentionClass: string;
}

/** An entry ready to be appended: the leaf, which is public and stays, and the body that it commits to. */
export interface EncodedEntry {
  readonly eventId: string;
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
  readonly body: Buffer;
  readonly columns: BodyColumns;
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

/**
 * U+0000 within canonical JSON. PostgreSQL's text cannot hold it: an event with one in what becomes a column would be tried for ever,
 * and everybody's behind it would wait.
 */
const nulPattern = /(?<!\\)(?:\\\\)*\\u0000/;

/** The entry of an audit event in its CloudEvents envelope. Throws EntryError. */
export function encodeEntry(cloudEvent: unknown): EncodedEntry {
  return receive(cloudEvent).entry;
}

function receive(cloudEvent: unknown): ReceivedEvent {
  const envelope = cloudEventSchema.safeParse(cloudEvent);
  if (!envelope.success) throw new EntryError('not-an-audit-event', fieldsOf(envelope.error));
  const { id, type, source, time, data, traceparent } = envelope.data;
  const said = splitSealed(data);
  const entry = entrySchema.safeParse({ v: 2, salt: newSalt(), id, type, source, time, ...said });
  if (!entry.success) throw new EntryError('not-an-audit-event', fieldsOf(entry.error));
  const body = canonicalBytes(entry.data);
  if (nulPattern.test(body.toString('latin1'))) throw new EntryError('not-an-audit-event');
  if (body.length > maxBodyBytes) throw new EntryError('too-large');
  const leaf = leafOf(body);
  const encoded = { eventId: id, leaf, leafHash: leafHashOf(leaf), body, columns: columnsOf(entry.data) };
  return { entry: encoded, source, traceparent };
}

/** What an event says in plain, and what it has sealed, as entries keep both. Throws EntryError. */
function splitSealed(data: unknown): { readonly event: AuditedAct; readonly sealed: readonly SealedField[] } {
  const parsed = auditEventDataSchema.safeParse(data);
  if (!parsed.success) throw new EntryError('not-an-audit-event', fieldsOf(parsed.error));
  const { sealed = {}, ...event } = parsed.data;
  const scope = auditScopeOf(event.service);
  // In an order of their own, so that the same event is always the same entry.
  const fields = Object.entries(sealed).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { event, sealed: fields.map(([field, box]) => ({ field, scope, box })) };
}

/** The leaf that commits to a body: the hash of the body and nothing else, so that the log tells strangers nothing. */
function leafOf(body: Buffer): Buffer {
  return Buffer.from(canonicalJson({ v: 2, body: hash('sha256', body, 'hex') }));
}

/** True when the leaf was made of this body. A leaf of version 1 is its own body. */
export function isCommitment(leaf: Buffer, body: Buffer): boolean {
  return leaf.equals(isPublicLeaf(leaf) ? leafOf(body) : body);
}

/** True for a leaf that commits to a body and says nothing of it, so that it is for everybody. One of version 1 is its own body. */
export function isPublicLeaf(leaf: Buffer): boolean {
  return /^\{"body":"[\da-f]{64}","v":2\}$/.test(leaf.toString('latin1'));
}

/** True when two bodies say the same, whatever their salts. Throws EntryError. */
export function isSameEvent(a: Buffer, b: Buffer): boolean {
  const unsalted = (body: Buffer) => {
    const { v: _version, salt: _salt, ...said } = decodeBody(body);
    return canonicalJson(said);
  };
  return unsalted(a) === unsalted(b);
}

/** An event as it came over the wire. */
export interface ReceivedEvent {
  readonly entry: EncodedEntry;
  /** Who says that it published the event. */
  readonly source: string;
  /** Which trace the act belongs to; not part of the entry. */
  readonly traceparent: string | undefined;
}

/** Reads an event from UTF-8 JSON. Throws EntryError. */
export function readEvent(bytes: Uint8Array): ReceivedEvent {
  return receive(parseJson(bytes));
}

/** Reads a body for whoever wants to see what it says. Throws EntryError. */
export function decodeBody(body: Buffer): Entry {
  const entry = entrySchema.safeParse(parseJson(body));
  if (!entry.success) throw new EntryError('not-an-audit-event', fieldsOf(entry.error));
  return entry.data;
}

/** What must hold of every body ever written, however the schema of audit events has changed since. */
const anyBodySchema = z.looseObject({
  v: z.literal([1, 2]),
  id: z.string(),
  time: z.string(),
  event: z.looseObject({
    service: z.string(),
    actor: z.looseObject({ id: z.string().nullable() }),
    category: z.string(),
    action: z.string(),
    success: z.boolean(),
    object: z.looseObject({ type: z.string(), id: z.string() }).nullable(),
    metadata: z.looseObject({ address: z.string().nullable() }),
    traceId: z.string().nullable(),
    retentionClass: z.string(),
  }),
});

/** What stands beside a body in the database; refuses every spelling of the body but the canonical one. Throws EntryError. */
export function columnsOfBody(body: Buffer): BodyColumns & { readonly eventId: string } {
  const content = parseJson(body);
  if (!canonicalBytes(content).equals(body)) throw new EntryError('not-canonical');
  const parsed = anyBodySchema.safeParse(content);
  if (!parsed.success) throw new EntryError('not-an-audit-event', fieldsOf(parsed.error));
  return { eventId: parsed.data.id, ...columnsOf(parsed.data) };
}

function columnsOf({ time, event }: z.infer<typeof anyBodySchema>): BodyColumns {
  return {
    time,
    service: event.service,
    actorId: event.actor.id,
    category: event.category,
    action: event.action,
    success: event.success,
    objectType: event.object?.type ?? null,
    objectId: event.object?.id ?? null,
    address: event.metadata.address,
    traceId: event.traceId,
    retentionClass: event.retentionClass,
  };
}

function canonicalBytes(content: unknown): Buffer {
  try {
    return Buffer.from(canonicalJson(content));
  } catch (error) {
    if (error instanceof NotCanonicalError) throw new EntryError('not-canonical');
    throw error;
  }
}

/** Refuses bytes that are no UTF-8; a byte order mark is no JSON. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
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
