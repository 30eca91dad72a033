import type { DeleteRowsOfPerson } from '@todo-chatbot/service-kit';

/** All that the service holds of a person. Texts before decisions, which would take them along uncounted. */
export const deleteRowsOfPerson: DeleteRowsOfPerson = async (tx, userId) => ({
  texts: await tx.$executeRaw`DELETE FROM quarantined_texts WHERE user_id = ${userId}`,
  decisions: await tx.$executeRaw`DELETE FROM decisions WHERE user_id = ${userId}`,
  withdrawals: await tx.$executeRaw`DELETE FROM withdrawals WHERE user_id = ${userId}`,
});
