import { offeredServicesSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { BookingStore } from '../../ports/bookingStore.ts';

/** `GET /v1/services`: 200 with what can be booked. */
export const getServices = ({ store }: { store: BookingStore }) =>
  defineRoute({
    operation: 'listServices',
    method: 'GET',
    path: '/v1/services',
    permission: 'booking.own.read',
    responses: { 200: offeredServicesSchema },
    handler: async () => ({ status: 200, body: { items: await store.services() } }),
  });
