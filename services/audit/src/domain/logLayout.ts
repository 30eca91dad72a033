import { decodeBase64, hashesAtLevel, parseTilePath, tileWidth } from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import { jsonOrUndefined } from './jsonOrUndefined.ts';

/** The signed note, in the folder of a log (C2SP tlog-tiles). */
export const checkpointFile = 'checkpoint';
/** The log's key as a C2SP verifier key with a newline. */
export const keyFile = 'log.vkey';
/** The witness's key likewise, where the checkpoint carries its cosignature. */
export const witnessKeyFile = 'witness.vkey';
/** Bodies for auditors, one line for each entry that has one, in the order of their index. No part of what is public. */
export const bodiesFile = 'bodies.jsonl';
/** Ends the name of a file that is not in its place yet. */
export const draftSuffix = '.draft';

/** Everything that is no tile and no bundle. */
export const otherFiles: readonly string[] = [checkpointFile, keyFile, witnessKeyFile, bodiesFile];

/** True for a tile or bundle just as wide as a tree of this size has it. */
export function isInTree(path: string, treeSize: number): boolean {
  const named = parseTilePath(path);
  if (!named) return false;
  const { level, index, width } = named.tile ?? { level: 0, ...named.bundle };
  return width === Math.min(tileWidth, hashesAtLevel(level, treeSize) - index * tileWidth);
}

/** True for what an export may have left in a folder, of whatever size the log was then. */
export function isOfLog(path: string): boolean {
  const place = path.endsWith(draftSuffix) ? path.slice(0, -draftSuffix.length) : path;
  return otherFiles.includes(place) || parseTilePath(place) !== undefined;
}

/** The body of an entry. */
export interface IndexedBody {
  readonly index: number;
  readonly body: Buffer;
}

const bodyLineSchema = z.strictObject({ index: z.int().min(0), body: z.string() });

/** A line of {@link bodiesFile} with its newline. */
export function encodeBodyLine({ index, body }: IndexedBody): string {
  return `${JSON.stringify({ index, body: body.toString('base64') })}\n`;
}

/** Reads a line; undefined when it is not written just as {@link encodeBodyLine} does. */
export function decodeBodyLine(line: string): IndexedBody | undefined {
  const parsed = bodyLineSchema.safeParse(jsonOrUndefined(line));
  const body = parsed.success ? decodeBase64(parsed.data.body) : undefined;
  if (!parsed.success || !body) return undefined;
  const decoded = { index: parsed.data.index, body };
  return encodeBodyLine(decoded) === line ? decoded : undefined;
}
