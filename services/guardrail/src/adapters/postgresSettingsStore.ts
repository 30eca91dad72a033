import { guardrailSettingsSchema } from '@todo-chatbot/contracts';
import { addToOutbox } from '@todo-chatbot/service-kit';
import type { PrismaClient, Settings } from '../../generated/prisma/client.ts';
import type { SettingsStore } from '../ports/settingsStore.ts';

/** Versions of the settings in PostgreSQL. */
export function createPostgresSettingsStore({ prisma }: { readonly prisma: PrismaClient }): SettingsStore {
  return {
    async newerThan(version) {
      const row = await prisma.settings.findFirst({
        where: { version: { gt: version } },
        orderBy: { version: 'desc' },
      });
      return row === null ? null : settingsOf(row);
    },
    async history(limit) {
      return (await prisma.settings.findMany({ orderBy: { version: 'desc' }, take: limit })).map(settingsOf);
    },
    add: (change, events) =>
      prisma.$transaction(async (tx) => {
        const { ruleset, ...rest } = change;
        // The primary key lets one of two changes of the same version through.
        const added = await tx.settings.createMany({
          data: [{ ...rest, ruleset: { ...ruleset, customPatterns: [...ruleset.customPatterns] } }],
          skipDuplicates: true,
        });
        if (added.count === 1) await addToOutbox(tx, events);
        return added.count === 1;
      }),
  };
}

function settingsOf({ changedAt, ...row }: Settings) {
  return guardrailSettingsSchema.parse({ ...row, changedAt: changedAt.toISOString() });
}
