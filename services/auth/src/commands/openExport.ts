import { type Clock, type PersonBoxes, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import { downloadTimeMs, linkLifeMs } from '../domain/exports.ts';
import { createOpaqueToken } from '../domain/opaqueToken.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { ArchiveChunk, OwnExports } from '../ports/exportStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import { archivePlace } from './assembleExport.ts';
import { audited } from './audited.ts';

export type OpenExport = ReturnType<typeof createOpenExport>;

/** A chunk of an archive as it is handed out. */
export interface OpenedChunk extends Pick<ArchiveChunk, 'bytes' | 'chunks'> {
  readonly content: Buffer;
}

/** Hands archives out: a link first, which opens its archive once and for the person alone who made it (PRIV-3). */
export function createOpenExport(options: {
  readonly exports: Pick<OwnExports, 'link' | 'findChunk' | 'takeChunk'>;
  /** Of scope `auth`. */
  readonly boxes: PersonBoxes;
  readonly keyedHash: KeyedHash;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { exports, boxes, keyedHash, auditTrail, clock } = options;
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms);
  const reading = { auditTrail, category: 'data-access', input: {} } as const;

  async function find(userId: string, token: string, chunk: number) {
    const asked = { userId, tokenHash: keyedHash('export-link', token), chunk, now: clock.now() };
    const found = await exports.findChunk(asked);
    // One answer for a link that was used, has expired, is somebody else's or never was.
    if (!found) throw new ProblemError('export.link-invalid');
    const content = Buffer.from((await boxes.of(userId)).open(archivePlace(found), found.sealed), 'utf8');
    return { asked, found, content };
  }

  return {
    /** A link for the next minutes. @throws ProblemError `export.not-found`, `export.not-ready` */
    link: (
      { userId }: SignedInUser,
      exportId: string,
    ): Promise<{ readonly token: string; readonly expiresAt: string }> =>
      audited({ ...reading, action: 'privacy.create-export-link' }, async (attempt) => {
        attempt.isAbout({ type: 'export', id: exportId });
        const token = createOpaqueToken();
        const expiresAt = inMs(linkLifeMs);
        const outcome = await exports.link({
          exportId,
          userId,
          tokenHash: keyedHash('export-link', token),
          now: clock.now(),
          expiresAt,
          events: [attempt.succeeded()],
        });
        if (outcome === 'not-found') throw new ProblemError('export.not-found');
        if (outcome === 'not-ready') throw new ProblemError('export.not-ready');
        return { token, expiresAt: expiresAt.toISOString() };
      }),

    /**
     * A chunk of the archive: each once, in their order. The first one begins the download and uses the link up.
     * @throws ProblemError `export.link-invalid`
     */
    async chunk({ userId }: SignedInUser, token: string, chunk: number): Promise<OpenedChunk> {
      if (chunk === 0) return await begin(userId, token);
      const { asked, found, content } = await find(userId, token, chunk);
      const isTaken = await exports.takeChunk({ ...asked, openUntil: null, events: [] });
      if (!isTaken) throw new ProblemError('export.link-invalid');
      return { bytes: found.bytes, chunks: found.chunks, content };
    },
  };

  function begin(userId: string, token: string): Promise<OpenedChunk> {
    return audited({ ...reading, action: 'privacy.download-export' }, async (attempt) => {
      const { asked, found, content } = await find(userId, token, 0);
      attempt.isAbout({ type: 'export', id: found.exportId });
      const isTaken = await exports.takeChunk({
        ...asked,
        openUntil: inMs(downloadTimeMs),
        events: [attempt.succeeded()],
      });
      if (!isTaken) throw new ProblemError('export.link-invalid');
      return { bytes: found.bytes, chunks: found.chunks, content };
    });
  }
}
