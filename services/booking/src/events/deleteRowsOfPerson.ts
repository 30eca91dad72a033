import type { DeleteRowsOfPerson } from '@todo-chatbot/service-kit';

/** All that the service holds of a person. Their slots are free again. */
export const deleteRowsOfPerson: DeleteRowsOfPerson = async (tx, userId) => ({
  bookings: await tx.$executeRaw`DELETE FROM bookings WHERE user_id = ${userId}`,
});
