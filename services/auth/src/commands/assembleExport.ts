import { type AppId, appIds, privacyReplyTopicOf } from '@todo-chatbot/contracts';
import {
  type Clock,
  createPersonBox,
  type DataKeys,
  newAuditEvent,
  openExportPart,
  type PersonBox,
  type ScopeKeys,
} from '@todo-chatbot/service-kit';
import { archiveText, hashOfShares, inChunks, measured, type Share, summaryLine } from '../domain/exportArchive.ts';
import { archiveLifeMs, claimMs } from '../domain/exports.ts';
import type { ArchiveChunk, ClaimedExport, CompleteShare, ExportWorkshop } from '../ports/exportStore.ts';

/** Bytes after which a chunk is closed: with the last piece it stays far below what an answer between services may have. */
const chunkBytes = 512 * 1024;

/** A part does not open, or is not what it says. */
export class ShareBroken extends Error {
  readonly service: AppId;
  constructor(service: AppId, cause: unknown) {
    super(`a part of ${service} is broken`, { cause });
    this.name = 'ShareBroken';
    this.service = service;
  }
}

export type AssembleExport = ReturnType<typeof createAssembleExport>;

/** Where a chunk of an archive is sealed. */
export function archivePlace({ exportId, claim, chunk }: Pick<ArchiveChunk, 'exportId' | 'claim' | 'chunk'>) {
  return { field: 'export_archives.sealed', row: `${exportId}/${claim}/${chunk}` };
}

/** Scope of the key that a service's parts are sealed under: its own parts never leave `auth`. */
function scopeOfParts(service: AppId): string {
  return service === 'auth' ? service : privacyReplyTopicOf(service);
}

/**
 * Puts the parts of every service together to one archive, with one part and one chunk in memory at a time. What a worker that died has
 * left is never looked at: each claim writes chunks of its own, and only whole archives become those of the export.
 */
export function createAssembleExport(options: {
  readonly workshop: Pick<ExportWorkshop, 'readPart' | 'addChunk' | 'finish'>;
  readonly dataKeys: DataKeys;
  readonly clock: Clock;
}) {
  const { workshop, dataKeys, clock } = options;

  /** The share's parts as they are read, opened and checked; `onKind` is told of each record. */
  async function* partsOf(
    exportId: string,
    share: CompleteShare,
    box: PersonBox,
    onKind: (kind: string) => void,
  ): AsyncGenerator<string> {
    const { service, run } = share;
    for (let part = 0; part < share.parts; part += 1) {
      const kept = await workshop.readPart(exportId, share, part);
      const records = openedPart(service, () =>
        openExportPart(box, { exportId, run, part, records: kept.records }, kept.sealed),
      );
      for (const { kind } of records) onKind(kind);
      yield JSON.stringify(records).slice(1, -1);
    }
  }

  /** @throws ShareBroken; ProblemError `person.erased` */
  return async (claimed: ClaimedExport, complete: readonly CompleteShare[]): Promise<void> => {
    const { id: exportId, userId, claim } = claimed;
    const keys = await dataKeys.of(userId);
    const summary: string[] = [];
    const shares = [];
    for (const service of appIds) {
      const found = complete.find((share) => share.service === service);
      if (!found) throw new TypeError(`the share of ${service} is missing`);
      const box = boxOf(keys, userId, scopeOfParts(service));
      const kinds = new Map<string, number>();
      const count = (kind: string) => void kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const shareWith = (onKind: (kind: string) => void): Share => ({
        service,
        records: found.records,
        parts: () => partsOf(exportId, found, box, onKind),
      });
      const { sha256 } = await measured(shareWith(count));
      summary.push(summaryLine(service, kinds));
      shares.push({ ...shareWith(() => undefined), sha256 });
    }
    const createdAt = clock.now();
    const text = archiveText({ exportId, personId: userId, createdAt, shares, summary });
    const ownBox = boxOf(keys, userId, 'auth');
    const written = { bytes: 0, chunks: 0 };
    for await (const content of inChunks(text, chunkBytes)) {
      const chunk = written.chunks;
      const sealed = ownBox.seal(archivePlace({ exportId, claim, chunk }), content);
      const claimedUntil = new Date(clock.now().getTime() + claimMs);
      if (!(await workshop.addChunk(claimed, { chunk, sealed }, claimedUntil))) return;
      written.bytes += Buffer.byteLength(content);
      written.chunks += 1;
    }
    const sha256 = hashOfShares(shares);
    const records = Object.fromEntries(shares.map((share) => [share.service, share.records]));
    const event = newAuditEvent({
      action: 'privacy.complete-export',
      category: 'data-access',
      success: true,
      object: { type: 'export', id: exportId },
      input: { sha256, ...written },
      retentionClass: 'security',
    });
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + archiveLifeMs);
    await workshop.finish(claimed, { ...written, sha256, records, now, expiresAt }, [event]);
  };
}

function openedPart<T>(service: AppId, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw new ShareBroken(service, error);
  }
}

function boxOf(keys: ScopeKeys, personId: string, scope: string): PersonBox {
  const key = keys.get(scope);
  if (!key) throw new TypeError(`auth has no key of scope ${scope}`);
  return createPersonBox({ personId, scope, key });
}
