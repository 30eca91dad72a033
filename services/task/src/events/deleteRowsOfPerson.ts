import type { DeleteRowsOfPerson } from '@todo-chatbot/service-kit';

/** All that the service holds of a person. */
export const deleteRowsOfPerson: DeleteRowsOfPerson = async (tx, userId) => {
  const tasks = await tx.$executeRaw`DELETE FROM tasks WHERE user_id = ${userId}`;
  // Lists go last, because tasks refer to them.
  const lists = await tx.$executeRaw`DELETE FROM lists WHERE user_id = ${userId}`;
  return { tasks, lists };
};
