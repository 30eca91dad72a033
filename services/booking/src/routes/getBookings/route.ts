import { bookingsSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { BookingStore } from '../../ports/bookingStore.ts';
import { listBookings } from '../../queries/listBookings.ts';

/** `GET /v1/bookings`: 200 with the person's own bookings. */
export const getBookings = (deps: { store: BookingStore }) =>
  defineRoute({
    operation: 'listBookings',
    method: 'GET',
    path: '/v1/bookings',
    permission: 'booking.own.read',
    responses: { 200: bookingsSchema },
    handler: async ({ user }) => ({ status: 200, body: { items: await listBookings(deps, user.userId) } }),
  });
