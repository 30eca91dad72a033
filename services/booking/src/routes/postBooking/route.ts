import { bookingSchema, createBookingRequestSchema, idempotencyKeySchema } from '@todo-chatbot/contracts';
import { type Clock, defineRoute, type PersonBoxes } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createBooking } from '../../commands/createBooking.ts';
import type { BookingStore } from '../../ports/bookingStore.ts';

/** `POST /v1/bookings`: 201 with the booking, the same again for a repeated key. */
export const postBooking = (deps: { store: BookingStore; clock: Clock; newsBoxes: PersonBoxes }) =>
  defineRoute({
    operation: 'createBooking',
    method: 'POST',
    path: '/v1/bookings',
    permission: 'booking.own.change',
    purpose: 'appointments',
    request: { body: createBookingRequestSchema, headers: z.object({ 'idempotency-key': idempotencyKeySchema }) },
    responses: { 201: bookingSchema },
    handler: async ({ body, headers, user }) => ({
      status: 201,
      body: await createBooking(deps, {
        userId: user.userId,
        idempotencyKey: headers['idempotency-key'],
        request: body,
      }),
    }),
  });
