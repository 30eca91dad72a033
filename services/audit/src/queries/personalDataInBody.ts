import { maskText, type PersonalDataKind, personalDataIn } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { jsonOrUndefined } from '../domain/jsonOrUndefined.ts';

/** Bodies are flat; anything deeper is not ours. */
const maxDepth = 8;
/** Longest name of a group of signals; longer ones are cut. */
const maxGroupLength = 100;
/** Between texts that are looked at together: no shape reaches over it. */
const separator = '\n|\n';
/** Beside the event: random, or sealed; neither says anything. */
const opaqueFields = new Set(['salt', 'sealed']);

const bodySchema = z.looseObject({ event: z.looseObject({ action: z.string() }) });

/** Unmasked personal data at one place of an entry. */
export interface EntryFinding {
  readonly action: string;
  /** Dotted, without the value: `input.email`. */
  readonly field: string;
  readonly kinds: readonly PersonalDataKind[];
}

/** Fields of an entry that hold what masking should have hidden, names of fields included. Empty for what is no body. */
export function personalDataInBody(body: Buffer): readonly EntryFinding[] {
  const parsed = bodySchema.safeParse(jsonOrUndefined(body.toString()));
  if (!parsed.success) return [];
  const { event, ...envelope } = parsed.data;
  const texts = [...textsIn(event, []), ...textsIn(envelope, [])];
  // Nearly every body holds nothing, and that is seen at one look.
  if (personalDataIn(texts.map(({ text }) => text).join(separator)).length === 0) return [];
  const action = maskText(event.action);
  const kindsByField = new Map<string, Set<PersonalDataKind>>();
  for (const { path, text } of texts) {
    const kinds = personalDataIn(text);
    if (kinds.length === 0) continue;
    // Names are masked one by one: with what is before it, a name would be another word.
    const field = path.map(maskText).join('.');
    kindsByField.set(field, new Set([...(kindsByField.get(field) ?? []), ...kinds]));
  }
  return [...kindsByField].map(([field, kinds]) => ({ action, field, kinds: [...kinds] }));
}

/** Group of the signals about a place in entries. */
export function entryGroup({ action, field }: EntryFinding): string {
  return `entry:${action}:${field}`.slice(0, maxGroupLength);
}

/** Group of the signals about a kind in a log file. */
export function logGroup(fileName: string, kind: PersonalDataKind): string {
  const [head, tail] = ['log:', `:${kind}`];
  // The end of a path tells more than its beginning.
  return `${head}${fileName
    .split('/')
    .map(maskText)
    .join('/')
    .slice(head.length + tail.length - maxGroupLength)}${tail}`;
}

interface FieldText {
  readonly path: readonly string[];
  readonly text: string;
}

function textsIn(value: unknown, path: readonly string[]): FieldText[] {
  if (typeof value === 'string' || typeof value === 'number') return [{ path, text: String(value) }];
  if (typeof value !== 'object' || value === null || path.length >= maxDepth) return [];
  // Places within a list are not told apart: there would be a group for each.
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, path));
  return Object.entries(value).flatMap(([name, member]) => {
    if (path.length === 0 && opaqueFields.has(name)) return [];
    const memberPath = [...path, name];
    return [{ path: memberPath, text: name }, ...textsIn(member, memberPath)];
  });
}
