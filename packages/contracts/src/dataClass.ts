import { z } from 'zod';

/** Sensitivity of a field (PRIV-1): drives masking in logs and audit entries. `confidential` is personal data, `restricted` is credentials and tokens. */
export const dataClasses = ['public', 'internal', 'confidential', 'restricted'] as const;
export type DataClass = (typeof dataClasses)[number];

const registry = z.registry<{ dataClass: DataClass }>();

/** Marks a schema with its data class. An unmarked field counts as `internal`. */
export function classified<S extends z.ZodType>(schema: S, dataClass: DataClass): S {
  registry.add(schema, { dataClass });
  return schema;
}

/** The data class of a schema, seen through optional, nullable and default wrappers. */
export function dataClassOf(schema: z.ZodType): DataClass {
  let current: unknown = schema;
  while (current instanceof z.ZodType) {
    const found = registry.get(current);
    if (found) return found.dataClass;
    if (
      current instanceof z.ZodOptional ||
      current instanceof z.ZodNullable ||
      current instanceof z.ZodDefault ||
      current instanceof z.ZodReadonly
    ) {
      current = current.unwrap();
    } else {
      break;
    }
  }
  return 'internal';
}
