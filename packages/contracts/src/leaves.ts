import { z } from 'zod';
import { annotated } from './annotation.ts';

/** A point in time, ISO 8601 in UTC. */
export const instantSchema = annotated(z.iso.datetime(), 'protocol.internal');

/** A point in time, ISO 8601 with any offset. */
export const offsetInstantSchema = annotated(z.iso.datetime({ offset: true }), 'protocol.internal');

/** Yes or no. */
export const flagSchema = annotated(z.boolean(), 'protocol.internal');

/** How many, or a place that counts from 0. */
export const countSchema = annotated(z.int().min(0), 'protocol.internal');

/** How many, at least one. */
export const positiveCountSchema = annotated(z.int().min(1), 'protocol.internal');

/** A span of time in seconds. */
export const secondsSchema = annotated(z.int().positive(), 'protocol.internal');

/** One word of a closed list: a kind, a state. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return annotated(z.enum(words), 'protocol.internal');
}

/** How long something is kept, by the kind of thing it is. */
export const retentionClassSchema = oneOf([
  'conversation',
  'booking',
  'task-execution',
  'security',
  'quarantine',
  'administration',
]);

/** How many items a page of a query may hold, from 1 to `most`. */
export function pageSizeSchema(most: number, byDefault: number) {
  return annotated(z.coerce.number().int().min(1).max(most).default(byDefault), 'protocol.internal');
}
