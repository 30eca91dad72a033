import { type EventOf, executeRawOf, serviceContext, takeFromInbox } from '@todo-chatbot/service-kit';
import type { LogWriter } from '../commands/logWriter.ts';
import { recordAccess } from '../commands/recordAccess.ts';
import { defaultRules } from '../domain/alertRules.ts';
import type { RecordedTransaction } from './recordedTransactions.ts';

/** What the service does when an account was deleted. */
export type ForgetPerson = (event: EventOf<'auth.user_deleted.v1'>) => Promise<void>;

/** Names the effect in the inbox. */
const consumer = 'forget-person';

/**
 * Forgets what rules remember of a person, once for each deletion. Alerts stay: they are evidence, and name a person by an id that means
 * nothing to anybody any more.
 */
export function forgetPersonInMonitoring(options: {
  readonly recorded: RecordedTransaction;
  readonly writer: LogWriter;
}): ForgetPerson {
  const { recorded, writer } = options;
  const ruleIds = defaultRules.map(({ id }) => id);
  return ({ id: eventId, data: { userId } }) =>
    recorded(async (client) => {
      const tx = executeRawOf(client);
      if (!(await takeFromInbox(tx, consumer, eventId))) return;
      const ruleMemories = await tx.$executeRaw`
        DELETE FROM rule_memory WHERE rule_id = ANY (${ruleIds}) AND group_key = ${userId}`;
      await recordAccess(writer, {
        context: serviceContext('audit', 'event'),
        action: 'person.forget',
        category: 'data-change',
        object: { type: 'user', id: userId },
        input: { ruleMemories },
      });
    });
}
