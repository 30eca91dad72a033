import { type AuditEntry, type AuditSealedField, auditedActSchema } from '@todo-chatbot/contracts';
import { type Entry, sealedValuesOf, userAgentField } from '../domain/entry.ts';
import { mapBounded } from './mapBounded.ts';
import type { OpenSealed } from './openSealed.ts';

const inputPrefix = 'input.';

/** What an entry says, with its sealed fields in their places as far as they could be opened. */
export type OpenedEntry = Pick<AuditEntry, 'event' | 'sealed'>;

type SealedEntry = Pick<Entry, 'id' | 'event' | 'sealed'>;

/** Opens the sealed fields of entries; answers in their order. @throws ProblemError `upstream.unavailable` */
export type OpenEntries = (entries: readonly SealedEntry[]) => Promise<OpenedEntry[]>;

/** Opens entries, with an opener for each call. */
export function createOpenEntries(newOpener: () => OpenSealed): OpenEntries {
  return (entries) => {
    const open = newOpener();
    return mapBounded(entries, (entry) => openEntry(entry, open));
  };
}

async function openEntry(entry: SealedEntry, open: OpenSealed): Promise<OpenedEntry> {
  let { event } = entry;
  const sealed: AuditSealedField[] = [];
  for (const value of sealedValuesOf(entry)) {
    const { field } = value;
    const opened = await open(value);
    const restored = opened.state === 'opened' ? withField(event, field, opened.text) : undefined;
    event = restored ?? event;
    sealed.push({ field, state: opened.state === 'opened' && !restored ? 'broken' : opened.state });
  }
  return { event, sealed };
}

/**
 * The event with a field's text in its place. Undefined where the schema allows no such text: a service that was taken over may have
 * sealed anything, and must not make a page unreadable by it.
 */
function withField(event: Entry['event'], field: string, text: string): Entry['event'] | undefined {
  const restored =
    field === userAgentField
      ? { ...event, metadata: { ...event.metadata, userAgent: text } }
      : { ...event, input: { ...event.input, [field.slice(inputPrefix.length)]: text } };
  return auditedActSchema.safeParse(restored).data;
}
