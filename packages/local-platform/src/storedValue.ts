import assert from 'node:assert/strict';
import pg from 'pg';
import { z } from 'zod';

/** A sealed value in a database: the column of the one row that has the given values. */
export interface StoredValue {
  readonly table: string;
  readonly column: string;
  readonly where: Readonly<Record<string, unknown>>;
}

const rowsSchema = z.array(z.object({ value: z.instanceof(Uint8Array) })).length(1);
const quote = pg.escapeIdentifier;

function conditionOf({ where }: StoredValue): string {
  return Object.keys(where)
    .map((column, index) => `${quote(column)} = $${index + 1}`)
    .join(' AND ');
}

async function read(ownerPool: pg.Pool, place: StoredValue): Promise<Uint8Array> {
  const statement = `SELECT ${quote(place.column)} AS value FROM ${quote(place.table)} WHERE ${conditionOf(place)}`;
  const [row] = rowsSchema.parse((await ownerPool.query(statement, Object.values(place.where))).rows);
  assert.ok(row);
  return row.value;
}

async function write(ownerPool: pg.Pool, place: StoredValue, value: Uint8Array): Promise<void> {
  const values = Object.values(place.where);
  const statement = `UPDATE ${quote(place.table)} SET ${quote(place.column)} = $${values.length + 1} WHERE ${conditionOf(place)}`;
  assert.equal((await ownerPool.query(statement, [...values, value])).rowCount, 1);
}

/**
 * What somebody who can write to the database may make of a sealed value, by name: one bit flipped in each of its parts (version, nonce,
 * text, tag), cut at either end, grown, and swapped for each of the other values. None may open.
 */
export async function forgeriesOf(
  ownerPool: pg.Pool,
  place: StoredValue,
  others: Readonly<Record<string, StoredValue>>,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const sealed = await read(ownerPool, place);
  const flipped = (position: number) => {
    const forged = Uint8Array.from(sealed);
    forged.set([(sealed.at(position) ?? 0) ^ 1], position < 0 ? sealed.length + position : position);
    return forged;
  };
  const swapped = Object.entries(others).map(
    async ([name, other]) => [`the value of ${name}`, await read(ownerPool, other)] as const,
  );
  return {
    'a flipped bit of the version': flipped(0),
    'a flipped bit of the nonce': flipped(1),
    'a flipped bit of the text': flipped(13),
    'a flipped bit of the tag': flipped(-1),
    'a last byte cut off': sealed.subarray(0, -1),
    'a first byte cut off': sealed.subarray(1),
    'a byte more': Uint8Array.of(...sealed, 0),
    ...Object.fromEntries(await Promise.all(swapped)),
  };
}

/** Does the work while the value is a forged one, and puts the true one back. */
export async function whileForged(
  ownerPool: pg.Pool,
  place: StoredValue,
  forged: Uint8Array,
  work: () => Promise<void>,
): Promise<void> {
  const sealed = await read(ownerPool, place);
  await write(ownerPool, place, forged);
  try {
    await work();
  } finally {
    await write(ownerPool, place, sealed);
  }
}
