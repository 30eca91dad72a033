import { z } from 'zod';
import { type CategoryName, categoryOf, dataClassOf } from './annotation.ts';
import type { DataClass } from './dataClass.ts';

/** A place in a schema where data stand. */
export interface Field {
  /** Where it is: `bookingsSchema.items[].email`; `*` is any key of a record. */
  readonly path: string;
  /** Name of the member that holds it; `null` for what is no object's member. */
  readonly name: string | null;
  /** `undefined`: nobody said what kind of data it holds, which is a fault. */
  readonly category: CategoryName | undefined;
}

/** A schema within another one. `step` is added to the path; `name` is that of an object's member. */
interface Inner {
  readonly step: string;
  readonly name?: string;
  readonly schema: z.core.$ZodType;
}

/** Schemas among the exports of a module, and in the tables that it exports such as `eventTypes`, by their path. */
export function schemasOf(module: object): ReadonlyMap<string, z.core.$ZodType> {
  const found = Object.entries(module).flatMap(([name, value]: [string, unknown]): [string, z.core.$ZodType][] => {
    if (value instanceof z.ZodType) return [[name, value]];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
      item instanceof z.ZodType ? [[`${name}[${key}]`, item]] : [],
    );
  });
  return new Map(found);
}

/** Every field of the schemas. A field with a category speaks for all within it. */
export function fieldsOf(schemas: ReadonlyMap<string, z.core.$ZodType>): readonly Field[] {
  return [...schemas].flatMap(([path, schema]) => fieldsWithin(schema, path, null, new Set()));
}

/**
 * Names of the fields that hold data of the class somewhere in the schemas: what the log sink may never write as it is (PRIV-1, PRIV-6).
 */
export function fieldNamesOf(schemas: ReadonlyMap<string, z.core.$ZodType>, dataClass: DataClass): ReadonlySet<string> {
  return new Set(
    fieldsOf(schemas).flatMap(({ name, category }) =>
      name !== null && category !== undefined && dataClassOf(category) === dataClass ? [name] : [],
    ),
  );
}

function fieldsWithin(
  schema: z.core.$ZodType,
  path: string,
  name: string | null,
  around: ReadonlySet<z.core.$ZodType>,
): readonly Field[] {
  const category = categoryOf(schema);
  if (category !== undefined) return [{ path, name, category }];
  // What a literal holds stands in the schema: it tells alternatives apart, and nothing of anybody.
  if (schema instanceof z.ZodLiteral) return [{ path, name, category: 'protocol.internal' }];
  const inner = schemasWithin(schema);
  if (inner === null) return [{ path, name, category: undefined }];
  // A schema that holds itself says nothing new the second time.
  if (around.has(schema)) return [];
  const within = new Set([...around, schema]);
  return inner.flatMap((item) => fieldsWithin(item.schema, `${path}${item.step}`, item.name ?? name, within));
}

/** What a container or a wrapper is made of; `null` for a leaf, and for every kind of schema that is not known here. */
function schemasWithin(schema: z.core.$ZodType): readonly Inner[] | null {
  if (schema instanceof z.ZodObject) return membersOf(schema);
  if (schema instanceof z.ZodArray) return [{ step: '[]', schema: schema.element }];
  if (schema instanceof z.ZodTuple) return tupleItemsOf(schema);
  if (schema instanceof z.ZodRecord) {
    return [schema.keyType, schema.valueType].map((inner) => ({ step: '.*', schema: inner }));
  }
  if (schema instanceof z.ZodUnion) return schema.options.map((inner) => ({ step: '', schema: inner }));
  if (schema instanceof z.ZodIntersection) {
    return [schema.def.left, schema.def.right].map((inner) => ({ step: '', schema: inner }));
  }
  if (schema instanceof z.ZodPipe) {
    // A transformation holds nothing: what goes in and what comes out does.
    return [schema.in, schema.out].flatMap((inner) =>
      inner instanceof z.ZodTransform ? [] : [{ step: '', schema: inner }],
    );
  }
  if (isWrapper(schema)) return [{ step: '', schema: schema.unwrap() }];
  return null;
}

function membersOf(schema: z.ZodObject): readonly Inner[] {
  const members = Object.entries(schema.shape).map(([name, inner]) => ({ step: `.${name}`, name, schema: inner }));
  const { catchall } = schema.def;
  return catchall === undefined || catchall instanceof z.ZodNever
    ? members
    : [...members, { step: '.*', schema: catchall }];
}

function tupleItemsOf(schema: z.ZodTuple): readonly Inner[] {
  const items = schema.def.items.map((inner, index) => ({ step: `[${index}]`, schema: inner }));
  return schema.def.rest === null ? items : [...items, { step: '[]', schema: schema.def.rest }];
}

function isWrapper(schema: z.core.$ZodType) {
  return (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodLazy
  );
}
