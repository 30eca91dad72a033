import type { DeleteRowsOfPerson } from '@todo-chatbot/service-kit';
import { defaultRules } from '../domain/alertRules.ts';

const ruleIds = defaultRules.map(({ id }) => id);

/**
 * What rules remember of a person. Entries of the log and alerts stay: they are evidence, and name a person by an id that means nothing
 * to anybody any more (AUD-4).
 */
export const deleteRowsOfPerson: DeleteRowsOfPerson = async (tx, userId) => {
  const ruleMemories = await tx.$executeRaw`
    DELETE FROM rule_memory WHERE rule_id = ANY (${ruleIds}) AND group_key = ${userId}`;
  return { ruleMemories };
};
