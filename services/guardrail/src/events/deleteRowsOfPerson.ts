import type { DeleteRowsOfPerson } from '@todo-chatbot/service-kit';

/** All that the service holds of a person. */
export const deleteRowsOfPerson: DeleteRowsOfPerson = async (tx, userId) => ({
  decisions: await tx.$executeRaw`DELETE FROM decisions WHERE user_id = ${userId}`,
});
