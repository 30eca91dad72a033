import {
  appendToTiles,
  emptyTiledFrontier,
  type NoteSigner,
  rootOfFrontier,
  signCheckpoint,
  type TiledFrontier,
} from '@todo-chatbot/transparency-log';
import type { ClientBase } from 'pg';
import { z } from 'zod';
import { type EncodedEntry, encodeEntry } from '../src/domain/entry.ts';
import { auditEvent } from './support.ts';

// What the owner of the database can do to a log who knows well how it works.

/** The tables of the log. */
export const logTables = ['entry', 'body', 'removed_body', 'tile', 'checkpoint'] as const;

type Client = Pick<ClientBase, 'query'>;
const hashRowsSchema = z.array(z.object({ leaf_hash: z.instanceof(Buffer) }));
const sizeRowsSchema = z.array(z.object({ size: z.number() }));

/** Switches every trigger off that stands in the way. */
export async function disableTriggers(client: Client): Promise<void> {
  for (const table of logTables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
}

/** Writes entry and body under an index, as the service would. */
export async function insertEntry(client: Client, index: number, entry: EncodedEntry = newEntry()): Promise<void> {
  const { columns } = entry;
  await client.query('INSERT INTO entry (index, event_id, leaf, leaf_hash) VALUES ($1, $2, $3, $4)', [
    index,
    entry.eventId,
    entry.leaf,
    entry.leafHash,
  ]);
  await client.query(
    `INSERT INTO body (index, body, time, service, actor_id, category, action, success, object_type, object_id, address,
                       trace_id, retention_class)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      index,
      entry.body,
      columns.time,
      columns.service,
      columns.actorId,
      columns.category,
      columns.action,
      columns.success,
      columns.objectType,
      columns.objectId,
      columns.address,
      columns.traceId,
      columns.retentionClass,
    ],
  );
}

/** Puts another entry in the place of one, with leaf hash, body and columns as they have to be. */
export async function replaceEntry(client: Client, index: number, entry: EncodedEntry = newEntry()): Promise<void> {
  await deleteEntry(client, index);
  await insertEntry(client, index, entry);
}

/** Deletes an entry and its body. */
export async function deleteEntry(client: Client, index: number): Promise<void> {
  await client.query('DELETE FROM entry WHERE index = $1', [index]);
  await client.query('DELETE FROM body WHERE index = $1', [index]);
}

/** Exchanges the places of two entries with all that is theirs. */
export async function swapEntries(client: Client, a: number, b: number): Promise<void> {
  for (const table of ['entry', 'body']) {
    await client.query(`UPDATE ${table} SET index = 1000000 WHERE index = $1`, [a]);
    await client.query(`UPDATE ${table} SET index = $1 WHERE index = $2`, [a, b]);
    await client.query(`UPDATE ${table} SET index = $1 WHERE index = 1000000`, [b]);
  }
}

/** Cuts off the tail from an index on, with its checkpoints. */
export async function cutTail(client: Client, size: number): Promise<void> {
  for (const table of ['entry', 'body', 'removed_body']) {
    await client.query(`DELETE FROM ${table} WHERE index >= $1`, [size]);
  }
  await client.query('DELETE FROM checkpoint WHERE tree_size > $1', [size]);
  await rebuildTiles(client);
}

/** Computes all tiles anew from the leaf hashes. */
export async function rebuildTiles(client: Client): Promise<TiledFrontier> {
  const { frontier, tiles } = appendToTiles(emptyTiledFrontier, await leafHashesOf(client));
  await client.query('DELETE FROM tile');
  for (const { level, index, hashes, rootHash } of tiles) {
    await client.query('INSERT INTO tile (level, index, hashes, root_hash) VALUES ($1, $2, $3, $4)', [
      level,
      index,
      hashes,
      rootHash,
    ]);
  }
  return frontier;
}

/** Signs all checkpoints anew, and one of the whole log. */
export async function signAll(client: Client, signer: NoteSigner): Promise<void> {
  const leafHashes = await leafHashesOf(client);
  const { rows } = await client.query('SELECT tree_size::int AS size FROM checkpoint');
  const sizes = new Set([...sizeRowsSchema.parse(rows).map(({ size }) => size), leafHashes.length]);
  await client.query('DELETE FROM checkpoint');
  for (const treeSize of sizes) {
    const { frontier } = appendToTiles(emptyTiledFrontier, leafHashes.slice(0, treeSize));
    const checkpoint = { treeSize, rootHash: rootOfFrontier(frontier) };
    await client.query('INSERT INTO checkpoint (tree_size, root_hash, note, created_at) VALUES ($1, $2, $3, now())', [
      treeSize,
      checkpoint.rootHash,
      signCheckpoint(checkpoint, signer),
    ]);
  }
}

/** An entry that says what never happened. */
export function newEntry(): EncodedEntry {
  return encodeEntry(auditEvent({ action: 'task.delete' }));
}

async function leafHashesOf(client: Client): Promise<Buffer[]> {
  const { rows } = await client.query('SELECT leaf_hash FROM entry ORDER BY index');
  return hashRowsSchema.parse(rows).map(({ leaf_hash }) => leaf_hash);
}
