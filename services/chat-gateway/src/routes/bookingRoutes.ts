import { randomUUID } from 'node:crypto';
import {
  bookingSchema,
  bookingsSchema,
  createBookingRequestSchema,
  idempotencyKeySchema,
  offeredServicesSchema,
  slotsQuerySchema,
  slotsSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route, type SignedInUser } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PersonTokens } from './personTokens.ts';
import type { CountRequest } from './requestCounter.ts';

interface BookingRouteOptions {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
  readonly count: CountRequest;
}

/** Services on offer and appointments (BOOK-1); the booking service decides. */
export function bookingRoutes({ dapr, tokens, count }: BookingRouteOptions): Route[] {
  const read = async <S extends z.ZodType>(path: string, responseSchema: S, user: SignedInUser) => {
    const request = { appId: 'booking', method: 'GET', path, userToken: tokens.tokenOf(user) } as const;
    return (await dapr.invoke({ ...request, responseSchema })).body;
  };
  return [
    defineRoute({
      operation: 'listServices',
      method: 'GET',
      path: '/api/v1/services',
      permission: 'booking.own.read',
      responses: { 200: offeredServicesSchema },
      handler: async ({ user }) => ({ status: 200, body: await read('/v1/services', offeredServicesSchema, user) }),
    }),
    defineRoute({
      operation: 'listSlots',
      method: 'GET',
      path: '/api/v1/slots',
      permission: 'booking.own.read',
      request: { query: slotsQuerySchema },
      responses: { 200: slotsSchema },
      handler: async ({ query, user }) => {
        const request = { appId: 'booking', method: 'GET', path: '/v1/slots', query } as const;
        const userToken = tokens.tokenOf(user);
        return { status: 200, body: (await dapr.invoke({ ...request, userToken, responseSchema: slotsSchema })).body };
      },
    }),
    defineRoute({
      operation: 'listBookings',
      method: 'GET',
      path: '/api/v1/bookings',
      permission: 'booking.own.read',
      responses: { 200: bookingsSchema },
      handler: async ({ user }) => ({ status: 200, body: await read('/v1/bookings', bookingsSchema, user) }),
    }),
    defineRoute({
      operation: 'createBooking',
      method: 'POST',
      path: '/api/v1/bookings',
      permission: 'booking.own.change',
      purpose: 'appointments',
      request: {
        body: createBookingRequestSchema,
        headers: z.object({ 'idempotency-key': idempotencyKeySchema.optional() }),
      },
      responses: { 201: bookingSchema },
      handler: async ({ body, headers, user, context }) => {
        // Counted here and not at the door, so that a form with a mistake in it costs none of the few bookings of an hour.
        await count('bookings', user.userId, context);
        const idempotencyKey = headers['idempotency-key'] ?? randomUUID();
        const request = { appId: 'booking', method: 'POST', path: '/v1/bookings', body, idempotencyKey } as const;
        const userToken = tokens.tokenOf(user);
        return {
          status: 201,
          body: (await dapr.invoke({ ...request, userToken, responseSchema: bookingSchema })).body,
        };
      },
    }),
  ];
}
