import { type AppId, appIds, type ExportFailure } from '@todo-chatbot/contracts';
import {
  asProblemError,
  type Clock,
  type CollectPersonalData,
  ExportTooLarge,
  exportPartsOf,
  type Logger,
  newAuditEvent,
  type PersonBoxes,
} from '@todo-chatbot/service-kit';
import { askAgainAfterMs, claimMs, lookAgainAfterMs } from '../domain/exports.ts';
import type { ClaimedExport, CompleteShare, ExportWorkshop } from '../ports/exportStore.ts';
import { type AssembleExport, ShareBroken } from './assembleExport.ts';
import { exportRequested } from './requestExport.ts';

export type FailExport = ReturnType<typeof createFailExport>;

/** Ends an export without an archive, and says so in the audit log and to the person. */
export function createFailExport(options: { readonly workshop: Pick<ExportWorkshop, 'fail'>; readonly clock: Clock }) {
  const { workshop, clock } = options;
  return async (
    about: { readonly exportId: string; readonly userId: string },
    reason: ExportFailure,
    services: readonly AppId[],
  ): Promise<void> => {
    const event = newAuditEvent({
      action: 'privacy.fail-export',
      category: 'data-access',
      success: false,
      reason,
      object: { type: 'export', id: about.exportId },
      input: { services: [...services] },
      retentionClass: 'security',
    });
    await workshop.fail({ ...about, reason, services, now: clock.now(), events: [event] });
  };
}

/**
 * Drives the exports that are under way, and deletes archives whose time is over. Each call looks at the export that is due longest and
 * answers whether there was one. A crash anywhere leaves it to the next claim.
 */
export function createSuperviseExports(options: {
  readonly workshop: ExportWorkshop;
  /** What `auth` itself holds. */
  readonly collect: CollectPersonalData;
  /** Of scope `auth`. */
  readonly boxes: PersonBoxes;
  readonly assemble: AssembleExport;
  readonly fail: FailExport;
  readonly clock: Clock;
  readonly logger: Logger;
}) {
  const { workshop, collect, boxes, assemble, fail, clock, logger } = options;
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

  async function giveOwnShare({ id: exportId, userId, claim: run }: ClaimedExport): Promise<void> {
    const box = await boxes.of(userId);
    for await (const { sealed, ...part } of exportPartsOf({ records: collect(userId), box, exportId, run })) {
      await workshop.keepPart({ exportId, userId, service: 'auth', ...part, sealed: Buffer.from(sealed, 'base64') });
    }
  }

  async function look(claimed: ClaimedExport): Promise<void> {
    const { id, userId, askedAt, deadlineAt } = claimed;
    let shares = await workshop.completeShares(id);
    if (isMissing(shares, 'auth')) {
      await giveOwnShare(claimed);
      shares = await workshop.completeShares(id);
    }
    const missing = appIds.filter((service) => isMissing(shares, service));
    if (missing.length === 0) return await assemble(claimed, shares);
    const now = clock.now();
    if (now >= deadlineAt) return await fail({ exportId: id, userId }, 'deadline', missing);
    if (now.getTime() - askedAt.getTime() >= askAgainAfterMs) {
      await workshop.askAgain(claimed, now, [exportRequested(id, userId)]);
    }
    await workshop.putBack(claimed, inMs(lookAgainAfterMs));
  }

  /** What may pass is tried again, until the deadline; all else is the end of the export. */
  async function failed(claimed: ClaimedExport, error: unknown): Promise<void> {
    const about = { exportId: claimed.id, userId: claimed.userId };
    logger.warn({ err: error, exportId: claimed.id }, 'an export could not be worked on');
    if (error instanceof ShareBroken) return await fail(about, 'broken', [error.service]);
    if (error instanceof ExportTooLarge) return await fail(about, 'too-large', ['auth']);
    const { code } = asProblemError(error);
    if (code === 'person.erased' || code === 'person.not-found') return await fail(about, 'erased', []);
    if (code !== 'upstream.unavailable') return await fail(about, 'unreadable', ['auth']);
    if (clock.now() >= claimed.deadlineAt) return await fail(about, 'deadline', ['auth']);
    await workshop.putBack(claimed, inMs(lookAgainAfterMs));
  }

  return async (): Promise<boolean> => {
    await workshop.expire(clock.now());
    const claimed = await workshop.claim({ now: clock.now(), claimedUntil: inMs(claimMs) });
    if (!claimed) return false;
    await look(claimed).catch((error: unknown) => failed(claimed, error));
    return true;
  };
}

function isMissing(shares: readonly CompleteShare[], service: AppId): boolean {
  return !shares.some((share) => share.service === service);
}
