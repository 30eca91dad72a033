import type { TestDatabase } from '@todo-chatbot/local-platform/testing';
import { type Clock, createLogger } from '@todo-chatbot/service-kit';
import { createKeyedHash } from '../adapters/hmacKeyedHash.ts';
import { createPrismaAccountStore } from '../adapters/prismaAccountStore.ts';
import { createPrismaEmailLinkStore } from '../adapters/prismaEmailLinkStore.ts';
import { createPrismaMailQueue } from '../adapters/prismaMailQueue.ts';
import { createJobSealer } from '../adapters/sealedJobs.ts';
import { createDeliverMail } from '../commands/deliverMail.ts';
import { createMailedLink } from '../commands/mailedLink.ts';
import { createNotice } from '../commands/notice.ts';
import type { Mailer, OutgoingMail } from '../ports/mailer.ts';
import { testOrigin, testSecrets } from './harness.ts';
import { openTestKeys } from './keys.ts';

/** A mailer that may leave out what it does as every other. */
export type TestMailer = Pick<Mailer, 'send'> & Partial<Mailer>;

/** The worker of a mail queue under test, which works when it is told to, and the mailboxes behind it. */
export async function openMailbox(options: {
  readonly database: TestDatabase;
  readonly clock: Clock;
  /** In place of one that takes every mail and keeps none. */
  readonly mailer?: TestMailer;
}) {
  const { database, clock } = options;
  const delivered: OutgoingMail[] = [];
  const logged: string[] = [];
  const mailer: Mailer = {
    send: async (mail) => void delivered.push(mail),
    forget: async () => undefined,
    ...options.mailer,
  };
  const { prisma, keys, close } = await openTestKeys({ database, clock });
  const keyedHash = createKeyedHash(Buffer.from(testSecrets['auth-pepper'].key, 'base64'));
  const { boxes, emailIndex } = keys;
  const jobs = createJobSealer({ sealer: keys.serviceSealer, clock });
  const mailQueue = createPrismaMailQueue(prisma);
  const deliver = createDeliverMail({
    mailQueue,
    jobs,
    mailer,
    accounts: createPrismaAccountStore({ prisma, ...keys }),
    emailLinks: createPrismaEmailLinkStore({ prisma, boxes, emailIndex, keyedHash }),
    mailedLink: createMailedLink({ keyedHash, jobs, origin: testOrigin, clock }),
    notice: createNotice({ jobs, clock }),
    clock,
    logger: createLogger({ appId: 'auth', level: 'trace', destination: { write: (line) => void logged.push(line) } }),
  });

  /** Works off everything that is due now. */
  async function deliverAll(): Promise<void> {
    while (await deliver(new AbortController().signal));
  }

  /** Everything that came for an address, oldest first. */
  async function mailsTo(address: string): Promise<OutgoingMail[]> {
    await deliverAll();
    return delivered.filter(({ to }) => to === address);
  }

  return {
    prisma,
    keys,
    keyedHash,
    jobs,
    mailQueue,
    deliver,
    deliverAll,
    delivered,
    /** Lines of the worker's log. */
    logged,
    mailsTo,
    subjectsTo: async (address: string) => (await mailsTo(address)).map(({ subject }) => subject),
    /** Token of the newest link that came for an address. */
    async tokenTo(address: string): Promise<string> {
      const [, token] = /#token=([\w-]{43})$/m.exec((await mailsTo(address)).findLast(hasLink)?.text ?? '') ?? [];
      if (token === undefined) throw new Error('no link came for this address');
      return token;
    },
    close,
  };
}

function hasLink({ text }: OutgoingMail): boolean {
  return text.includes('#token=');
}
