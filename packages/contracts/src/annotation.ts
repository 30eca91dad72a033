import { z } from 'zod';
import type { AppId } from './apps.ts';
import type { DataClass } from './dataClass.ts';
import type { RetentionClass } from './retention.ts';

/**
 * What data are for, with the legal basis of each (GDPR article 6(1)). Those with `consent` are in the consent ledger; a service
 * refuses to use data for one that its person has not agreed to (PRIV-2).
 */
export const purposes = {
  operation: {
    basis: 'none',
    text: 'Running the service. Nobody is in it but by a pseudonym, which has the basis of the record that it is part of.',
  },
  account: { basis: 'contract', text: 'Keeping an account and signing its owner in.' },
  security: { basis: 'legitimate-interest', text: 'Finding and proving misuse of accounts and of the service.' },
  assistant: {
    basis: 'consent',
    text: 'Reading messages and keeping tasks, so that the assistant can do what it is asked.',
  },
  appointments: { basis: 'consent', text: 'Giving name, e-mail and phone to whom an appointment is made with.' },
  improvement: { basis: 'consent', text: 'Keeping refused messages for review, so that the guard learns.' },
} as const satisfies Readonly<
  Record<string, { readonly basis: 'none' | 'contract' | 'legitimate-interest' | 'consent'; readonly text: string }>
>;
export type Purpose = keyof typeof purposes;

/**
 * How long a field is kept: a retention class; as long as its account; as long as the record that it is part of; or only while
 * something is under way (an hour at most, unless said).
 */
export type Keeping = RetentionClass | 'account' | 'record' | 'transient';

/** What the record of processing says of a field (PRIV-1). */
export interface DataCategory {
  readonly dataClass: DataClass;
  readonly purpose: Purpose;
  readonly keeping: Keeping;
  /** The service that keeps it; `null`: nobody, or everybody alike. */
  readonly owner: AppId | null;
  /** What it is, for the data map. */
  readonly text: string;
}

/** Kinds of data, each said once. A field names its kind; class, purpose, keeping and owner follow from it. */
export const dataCategories = {
  'protocol.public': {
    dataClass: 'public',
    purpose: 'operation',
    keeping: 'record',
    owner: null,
    text: 'What anybody may know: versions, public keys, proofs, texts of the service itself.',
  },
  'protocol.internal': {
    dataClass: 'internal',
    purpose: 'operation',
    keeping: 'record',
    owner: null,
    text: 'Ids, times, states, counts, cursors: nothing of anybody but a pseudonym.',
  },
  'protocol.sealed': {
    dataClass: 'internal',
    purpose: 'operation',
    keeping: 'record',
    owner: null,
    text: 'Bytes sealed under the key of the person whom they are about: they say nothing without it.',
  },
  'account.identity': {
    dataClass: 'confidential',
    purpose: 'account',
    keeping: 'account',
    owner: 'auth',
    text: 'Name and e-mail address of an account.',
  },
  'account.label': {
    dataClass: 'confidential',
    purpose: 'account',
    keeping: 'account',
    owner: 'auth',
    text: 'Names that a person gives to passkeys and API keys.',
  },
  'account.device': {
    dataClass: 'confidential',
    purpose: 'security',
    keeping: 'security',
    owner: 'auth',
    text: 'Network and browser of a session.',
  },
  'account.credential': {
    dataClass: 'restricted',
    purpose: 'account',
    keeping: 'account',
    owner: 'auth',
    text: 'Passwords, tokens, codes, keys. Never shown again, never exported.',
  },
  'account.attempt': {
    dataClass: 'confidential',
    purpose: 'security',
    keeping: 'transient',
    owner: 'auth',
    text: 'Whose sign-ins failed and whom mails were asked for, as keyed hashes of addresses, people and networks. A day at most.',
  },
  'account.mail': {
    dataClass: 'confidential',
    purpose: 'account',
    keeping: 'transient',
    owner: 'auth',
    text: 'Mails on their way to the relay: address, text and links. Hours at most.',
  },
  'account.key': {
    dataClass: 'restricted',
    purpose: 'security',
    keeping: 'account',
    owner: 'auth',
    text: 'The data key of a person and the keys derived from it. Never exported; destroyed last at an erasure.',
  },
  'service.secret': {
    dataClass: 'restricted',
    purpose: 'security',
    keeping: 'record',
    owner: 'auth',
    text: 'Private keys of the service itself; of nobody.',
  },
  'account.privacy': {
    dataClass: 'internal',
    purpose: 'account',
    keeping: 'account',
    owner: 'auth',
    text: 'Consents, exports and erasures.',
  },
  'account.hold': {
    dataClass: 'confidential',
    purpose: 'security',
    keeping: 'account',
    owner: 'auth',
    text: 'Why an administrator forbids to erase a person’s data; sealed under the person’s key.',
  },
  'task.content': {
    dataClass: 'confidential',
    purpose: 'assistant',
    keeping: 'task-execution',
    owner: 'task',
    text: 'Titles of tasks and names of lists.',
  },
  'booking.contact': {
    dataClass: 'confidential',
    purpose: 'appointments',
    keeping: 'booking',
    owner: 'booking',
    text: 'Name, e-mail and phone of a booking.',
  },
  'conversation.content': {
    dataClass: 'confidential',
    purpose: 'assistant',
    keeping: 'conversation',
    owner: 'chat-gateway',
    text: 'Messages, replies and what the bot remembers between them.',
  },
  'guardrail.evidence': {
    dataClass: 'confidential',
    purpose: 'security',
    keeping: 'security',
    owner: 'guardrail',
    text: 'What was refused, by whom and why.',
  },
  'guardrail.quarantine': {
    dataClass: 'confidential',
    purpose: 'improvement',
    keeping: 'quarantine',
    owner: 'guardrail',
    text: 'Texts that were refused or warned of, kept for review because their person agreed to it.',
  },
  'audit.trail': {
    dataClass: 'confidential',
    purpose: 'security',
    keeping: 'security',
    owner: 'audit',
    text: 'Who did what, when, from which network; masked, or sealed under the person’s key.',
  },
} as const satisfies Readonly<Record<string, DataCategory>>;
export type CategoryName = keyof typeof dataCategories;
/** Categories of the given classes. */
export type CategoryOfClass<C extends DataClass> = {
  [N in CategoryName]: (typeof dataCategories)[N]['dataClass'] extends C ? N : never;
}[CategoryName];

/** Category of each annotated schema. */
const annotations = z.registry<{ readonly category: CategoryName }>();

/**
 * Says what kind of data a field holds. A field of `contracts` without a category fails `npm run check`. An annotated object, array or
 * the like speaks for everything in it. Throws a TypeError when the schema has another category already: it would change in every place
 * that shares it.
 */
export function annotated<S extends z.ZodType>(schema: S, category: CategoryName): S {
  const earlier = annotations.has(schema) ? annotations.get(schema)?.category : undefined;
  if (earlier !== undefined && earlier !== category) throw new TypeError(`this schema is ${earlier} already`);
  annotations.add(schema, { category });
  return schema;
}

/**
 * The category of a schema itself; `undefined` when it has none. What is made of a schema by a check (`.min()`, `.refine()`,
 * `.describe()`) has its category, unless it is given one of its own; wrappers such as `.optional()` have none, see `fieldsOf`.
 */
export function categoryOf(schema: z.core.$ZodType): CategoryName | undefined {
  return annotations.get(schema)?.category;
}

/** Sensitivity of a category: what masking goes by. */
export function dataClassOf(category: CategoryName): DataClass {
  return dataCategories[category].dataClass;
}
