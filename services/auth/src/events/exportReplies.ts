import type { AppId } from '@todo-chatbot/contracts';
import type { EventHandlers, Logger } from '@todo-chatbot/service-kit';
import type { FailExport } from '../commands/superviseExports.ts';
import type { ExportWorkshop } from '../ports/exportStore.ts';

/**
 * What a service says of exports on its own topic. It speaks for itself alone: a service that was taken over gives no share, and no refusal,
 * of another one. Whether a part opens is found out when the archive is made; a repeat changes nothing, so that there is no inbox.
 */
export function exportReplyHandlers(options: {
  /** Whose topic it is. */
  readonly service: AppId;
  readonly workshop: Pick<ExportWorkshop, 'keepPart'>;
  readonly fail: FailExport;
  readonly logger: Logger;
}): EventHandlers {
  const { service, workshop, fail, logger } = options;
  const isForged = (claimed: AppId, eventId: string) => {
    if (claimed === service) return false;
    logger.error({ service, claimed, eventId }, 'a service spoke of an export in the name of another one');
    return true;
  };
  return {
    'privacy.export_part.v1': async ({ id, data: { sealed, ...part } }) => {
      if (isForged(part.service, id)) return 'drop';
      await workshop.keepPart({ ...part, sealed: Buffer.from(sealed, 'base64') });
      return 'success';
    },
    'privacy.export_failed.v1': async ({ id, data: { exportId, userId, service: claimed, reason } }) => {
      if (isForged(claimed, id)) return 'drop';
      await fail({ exportId, userId }, reason, [service]);
      return 'success';
    },
  };
}
