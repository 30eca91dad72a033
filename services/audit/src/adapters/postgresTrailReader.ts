import { type AuditFilter, appIds } from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { IndexRange, TrailReader, TrailSearch } from '../ports/trailReader.ts';

const indexSchema = z.coerce.number().int().min(0);
const rangeRowsSchema = z.tuple([z.object({ from: indexSchema, to: indexSchema })]);
const countRowsSchema = z.tuple([z.object({ count: indexSchema })]);
const bodyRowSchema = z.object({ body: z.instanceof(Buffer) });
const entryRowSchema = z
  .object({ index: indexSchema, leaf_hash: z.instanceof(Buffer), body: z.instanceof(Buffer) })
  .transform(({ index, leaf_hash, body }) => ({ index, leafHash: leaf_hash, body }));

/** Takes a value into the parameters of a statement and names it there. */
type Parameter = (value: unknown) => string;

/** Searches the bodies in PostgreSQL. Every value is a parameter, and only what is asked for is in the statement, for the planner's sake. */
export function createPostgresTrailReader(pool: Pool): TrailReader {
  return {
    async rangeOf(times) {
      const { values, parameter } = newParameters();
      const conditions = timeConditions(times, parameter);
      // "+ 0": PostgreSQL would walk the primary key from one end for a bare min(index), through all that the times leave out.
      const found =
        conditions.length === 0
          ? '0 AS "from", coalesce(max(index) + 1, 0) AS "to" FROM body'
          : `coalesce(min(index + 0), 0) AS "from", coalesce(max(index + 0) + 1, 0) AS "to" FROM body WHERE ${conditions.join(' AND ')}`;
      const { rows } = await pool.query(`SELECT ${found}`, values);
      return rangeRowsSchema.parse(rows)[0];
    },

    async entries({ order, limit, ...search }) {
      const { values, parameter } = newParameters();
      const direction = order === 'newest-first' ? 'DESC' : 'ASC';
      const page = `ORDER BY index ${direction} LIMIT ${parameter(limit)}`;
      const { rows } = await pool.query(
        `SELECT entry.index, leaf_hash, body.body
         FROM (${unionOf(search, page, parameter)}) AS found
         JOIN body ON body.index = found.index JOIN entry ON entry.index = found.index
         ORDER BY entry.index ${direction} LIMIT ${parameter(limit)}`,
        values,
      );
      return z.array(entryRowSchema).parse(rows);
    },

    async count({ limit, ...search }) {
      const { values, parameter } = newParameters();
      const { rows } = await pool.query(
        `SELECT least(count(*), ${parameter(limit)}::bigint) AS count
         FROM (${unionOf(search, `LIMIT ${parameter(limit)}`, parameter)}) AS found`,
        values,
      );
      return countRowsSchema.parse(rows)[0].count;
    },

    async bodyOfEvent(eventId) {
      const { rows } = await pool.query(
        'SELECT body FROM entry JOIN body ON body.index = entry.index WHERE event_id = $1',
        [eventId],
      );
      return rows.length === 0 ? undefined : bodyRowSchema.parse(rows[0]).body;
    },
  };
}

function newParameters(): { readonly values: unknown[]; readonly parameter: Parameter } {
  const values: unknown[] = [];
  return { values, parameter: (value) => `$${values.push(value)}` };
}

/**
 * Indexes of what a search finds, each once. A person's trail is the union of two searches that both go by an index of the table; with
 * OR, PostgreSQL would read the whole of one or the other.
 */
function unionOf(search: TrailSearch & { readonly range: IndexRange }, page: string, parameter: Parameter): string {
  const { filter, range, personId } = search;
  const conditions = [
    `index >= ${parameter(range.from)}`,
    `index < ${parameter(range.to)}`,
    ...filterConditions(filter, parameter),
  ];
  const select = (more: readonly string[]) =>
    `(SELECT index FROM body WHERE ${[...conditions, ...more].join(' AND ')} ${page})`;
  if (personId === null) return select([]);
  const self = parameter(personId);
  const aboutSelf = ["object_type = 'user'", `object_id = ${self}`];
  // What is not shown must not be found out by searching for it either: see domain/ownTrail.ts.
  if (filter.address !== undefined || filter.trace !== undefined) {
    aboutSelf.push(`(actor_id IS NULL OR actor_id = ${self} OR actor_id = ANY(${parameter(appIds)}))`);
  }
  return `${select([`actor_id = ${self}`])} UNION ${select(aboutSelf)}`;
}

function filterConditions(filter: AuditFilter, parameter: Parameter): string[] {
  const { actor, action, category, service, object, outcome, address, trace } = filter;
  const equal = { actor_id: actor, action, category, service, object_id: object, address, trace_id: trace };
  return [
    ...Object.entries(equal).flatMap(([column, value]) =>
      value === undefined ? [] : `${column} = ${parameter(value)}`,
    ),
    // In so many words: the index of failures holds no others.
    ...(outcome === undefined ? [] : [outcome === 'success' ? 'success' : 'NOT success']),
    ...timeConditions(filter, parameter),
  ];
}

function timeConditions({ from, to }: Pick<AuditFilter, 'from' | 'to'>, parameter: Parameter): string[] {
  return [
    ...(from === undefined ? [] : [`time >= ${parameter(from)}::timestamptz`]),
    ...(to === undefined ? [] : [`time < ${parameter(to)}::timestamptz`]),
  ];
}
