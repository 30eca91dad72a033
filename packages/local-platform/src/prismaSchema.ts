import { readFileSync } from 'node:fs';
import { kitTables } from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';

/** What PostgreSQL calls a field's type; each that our schemas use, and none else. */
const postgresTypes: Readonly<Record<string, string>> = {
  String: 'text',
  'String[]': 'text[]',
  Int: 'integer',
  'Int @db.SmallInt': 'smallint',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Float: 'double precision',
  Json: 'jsonb',
  Bytes: 'bytea',
  'DateTime @db.Timestamptz(3)': 'timestamp(3) with time zone',
};

/**
 * Columns and primary keys that the models of a schema.prisma promise, each such as
 * `tasks.due_at timestamp(3) with time zone null`, sorted.
 */
export function columnsOfModels(schemaFile: URL): string[] {
  const source = readFileSync(schemaFile, 'utf8');
  const models = [...source.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    body,
  }));
  const names = new Set(models.map(({ name }) => name));
  return models.flatMap(({ name, body }) => linesOfModel(name, body, names)).toSorted();
}

function linesOfModel(model: string, body: string, models: ReadonlySet<string>): string[] {
  const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model;
  const fields = [...body.matchAll(/^ {2}(\w+) +(\w+)(\??)(\[\])?(.*)$/gm)]
    .map(([, name = '', type = '', optional, list = '', attributes = '']) => ({
      name,
      type: `${type}${list}`,
      isNullable: optional === '?',
      attributes,
    }))
    .filter(({ type }) => !models.has(type.replace('[]', '')));
  const columnOf = (field: string) => {
    const attributes = fields.find(({ name }) => name === field)?.attributes ?? '';
    return /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field;
  };
  const key =
    /@@id\(\[(.*)\]\)/.exec(body)?.[1]?.split(', ') ??
    fields.filter(({ attributes }) => /@id\b/.test(attributes)).map(({ name }) => name);
  const columns = fields.map(({ name, type, isNullable, attributes }) => {
    const described = [type, ...(attributes.match(/@db\.\S+/) ?? [])].join(' ');
    return `${table}.${columnOf(name)} ${postgresTypes[described] ?? `unknown ${described}`}${isNullable ? ' null' : ''}`;
  });
  return [...columns, `${table} primary key (${key.map(columnOf).join(', ')})`];
}

/** The same of a migrated database, without the kit's and the runner's tables, sorted. */
export async function columnsOfDatabase(ownerPool: Pool): Promise<string[]> {
  const { rows } = await ownerPool.query(
    `
    SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attnotnull THEN '' ELSE ' null' END AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      AND NOT c.relname = ANY ($1)
    UNION ALL
    SELECT c.relname || ' primary key (' || string_agg(a.attname, ', ' ORDER BY array_position(k.conkey, a.attnum)) || ')'
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
    WHERE k.contype = 'p' AND c.relnamespace = 'public'::regnamespace AND NOT c.relname = ANY ($1)
    GROUP BY c.relname`,
    [Object.keys(kitTables)],
  );
  return z
    .array(z.object({ line: z.string() }))
    .parse(rows)
    .map(({ line }) => line)
    .toSorted();
}
