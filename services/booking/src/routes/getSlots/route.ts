import { slotsQuerySchema, slotsSchema } from '@todo-chatbot/contracts';
import { type Clock, defineRoute } from '@todo-chatbot/service-kit';
import type { BookingStore } from '../../ports/bookingStore.ts';
import { listSlots } from '../../queries/listSlots.ts';

/** `GET /v1/slots`: 200 with the free slots of a service. */
export const getSlots = (deps: { store: BookingStore; clock: Clock }) =>
  defineRoute({
    operation: 'listSlots',
    method: 'GET',
    path: '/v1/slots',
    permission: 'booking.own.read',
    request: { query: slotsQuerySchema },
    responses: { 200: slotsSchema },
    handler: async ({ query }) => ({ status: 200, body: { items: await listSlots(deps, query) } }),
  });
