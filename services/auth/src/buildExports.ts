import type { AppId } from '@todo-chatbot/contracts';
import {
  type Clock,
  type DataKeys,
  type EventHandlers,
  type Logger,
  type PersonBoxes,
  type Repetition,
  repeat,
  runInRequestContext,
  serviceContext,
} from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { createCollectPersonalData } from './adapters/collectPersonalData.ts';
import type { NoticeIn } from './adapters/noticesIn.ts';
import { createPrismaExportStore } from './adapters/prismaExportStore.ts';
import { createPrismaExportWorkshop } from './adapters/prismaExportWorkshop.ts';
import { createPrismaSecondFactorReader } from './adapters/prismaSecondFactorReader.ts';
import { createAssembleExport } from './commands/assembleExport.ts';
import { createOpenExport } from './commands/openExport.ts';
import { createRequestExport } from './commands/requestExport.ts';
import { createFailExport, createSuperviseExports } from './commands/superviseExports.ts';
import { exportReplyHandlers } from './events/exportReplies.ts';
import type { AccountStore } from './ports/accountStore.ts';
import type { AuditTrail } from './ports/auditTrail.ts';
import type { KeyedHash } from './ports/keyedHash.ts';
import { exportRoutes } from './routes/exports/routes.ts';

/** Somebody is waiting; a look costs two reads of an index. */
const pollMs = 500;

/** A round is over after so many exports, so that a shutdown does not wait for long. */
const looksInARound = 50;

/** The composition root's part for exports (PRIV-3). */
export function buildExports(parts: {
  readonly prisma: PrismaClient;
  readonly noticeIn: NoticeIn;
  readonly accounts: Pick<AccountStore, 'find'>;
  /** Of every scope that `auth` may have; read anew each time, so that a key which was destroyed opens nothing from then on. */
  readonly dataKeys: DataKeys;
  /** Of what `auth` keeps. */
  readonly boxes: PersonBoxes;
  readonly keyedHash: KeyedHash;
  readonly auditTrail: AuditTrail;
  readonly wakeMail: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}) {
  const { prisma, noticeIn, accounts, dataKeys, boxes, keyedHash, auditTrail, wakeMail, clock, logger } = parts;
  const exports = createPrismaExportStore(prisma);
  const workshop = createPrismaExportWorkshop(prisma, noticeIn);
  const fail = createFailExport({ workshop, clock });
  const supervise = createSuperviseExports({
    workshop,
    collect: createCollectPersonalData({
      prisma,
      boxes,
      accounts,
      secondFactors: createPrismaSecondFactorReader({ prisma, boxes }),
    }),
    boxes,
    assemble: createAssembleExport({ workshop, dataKeys, clock }),
    fail,
    clock,
    logger,
  });
  let repetition: Repetition | undefined;
  return {
    routes: exportRoutes({
      exports,
      requestExport: createRequestExport({ exports, auditTrail, clock }),
      openExport: createOpenExport({ exports, boxes, keyedHash, auditTrail, clock }),
    }),
    /** Of the topic on which the service replies. */
    replyHandlers: (service: AppId): EventHandlers => exportReplyHandlers({ service, workshop, fail, logger }),
    start(): void {
      repetition = repeat({
        work: () =>
          runInRequestContext(serviceContext('auth'), async () => {
            let looked = 0;
            while (looked < looksInARound && (await supervise())) looked += 1;
            if (looked > 0) wakeMail();
          }),
        pauseMs: () => pollMs,
        onError: (error) => logger.warn({ err: error }, 'exports could not be worked on'),
      });
    },
    async close(): Promise<void> {
      await repetition?.close();
    },
  };
}
