import type { DeleteRowsOfPerson } from '@todo-chatbot/service-kit';
import { lockPerson } from '../adapters/prismaConversationStore.ts';

/** All that the service holds of a person: each conversation takes its messages along. */
export const deleteRowsOfPerson: DeleteRowsOfPerson = async (tx, userId) => {
  // A turn that is just beginning or ending is let through first, so that what it writes is deleted as well.
  await lockPerson(tx, userId);
  return { conversations: await tx.$executeRaw`DELETE FROM conversations WHERE user_id = ${userId}` };
};
