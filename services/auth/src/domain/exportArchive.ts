import { createHash } from 'node:crypto';
import { type AppId, shareTitles } from '@todo-chatbot/contracts';

/** Name and version of the format of an archive. */
const archiveFormat = 'todo-chatbot-export/1';

/** What one service gave, read again and again part by part: it never stands in memory as a whole. */
export interface Share {
  readonly service: AppId;
  readonly records: number;
  /** The records of each part as JSON, without brackets. */
  parts(): AsyncIterable<string>;
}

/** A share whose text has been read once. */
export interface MeasuredShare extends Share {
  /** SHA-256 of the share's line of the archive, from bracket to bracket; hexadecimal. */
  readonly sha256: string;
}

/** What an archive says of itself. */
export interface ArchiveFacts {
  readonly exportId: string;
  readonly personId: string;
  readonly createdAt: Date;
  readonly shares: readonly MeasuredShare[];
  /** A line for people about each service. */
  readonly summary: readonly string[];
}

/** A line of the summary: `Tasks (task): 12 records: 12 task`. */
export function summaryLine(service: AppId, kinds: ReadonlyMap<string, number>): string {
  const records = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  const list = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const held = records === 0 ? 'nothing' : `${records} ${records === 1 ? 'record' : 'records'}: ${list}`;
  return `${shareTitles[service]} (${service}): ${held}`;
}

/** Reads a share through and hashes its text. */
export async function measured(share: Share): Promise<MeasuredShare> {
  const hash = createHash('sha256');
  for await (const text of shareText(share)) hash.update(text);
  return { ...share, sha256: hash.digest('hex') };
}

/** The hash over a manifest: SHA-256 of the lines `<hash>  <service>`, as `sha256sum` prints them, each with its line feed. */
export function hashOfShares(shares: readonly Pick<MeasuredShare, 'service' | 'sha256'>[]): string {
  const lines = shares.map(({ service, sha256 }) => `${sha256}  ${service}\n`).join('');
  return createHash('sha256').update(lines).digest('hex');
}

/**
 * The archive as text, piece by piece. It is one JSON object; each share stands on a line of its own, so that standard tools find the bytes
 * that its hash is of.
 */
export async function* archiveText({
  exportId,
  personId,
  createdAt,
  shares,
  summary,
}: ArchiveFacts): AsyncGenerator<string> {
  const manifest = {
    format: archiveFormat,
    exportId,
    person: personId,
    createdAt: createdAt.toISOString(),
    services: shares.map(({ service, records, sha256 }) => ({ service, records, sha256 })),
    sha256: hashOfShares(shares),
  };
  yield `{"manifest":${JSON.stringify(manifest)},\n"summary":${JSON.stringify(summary)},\n"data":{`;
  for (const [index, share] of shares.entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(share.service)}:`;
    yield* shareText(share);
  }
  yield '\n}}\n';
}

async function* shareText(share: Share): AsyncGenerator<string> {
  yield '[';
  let isFirst = true;
  for await (const text of share.parts()) {
    if (text === '') continue;
    yield isFirst ? text : `,${text}`;
    isFirst = false;
  }
  yield ']';
}

/** Puts pieces together until there are so many bytes; the last chunk may be smaller, and no chunk is larger by more than a piece. */
export async function* inChunks(pieces: AsyncIterable<string>, bytes: number): AsyncGenerator<string> {
  let held: string[] = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    heldBytes += Buffer.byteLength(piece);
    if (heldBytes < bytes) continue;
    yield held.join('');
    held = [];
    heldBytes = 0;
  }
  if (heldBytes > 0) yield held.join('');
}
