import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { emailSchema, personNameSchema, phoneSchema, timeZoneSchema } from './common.ts';

/** A service on offer (BOOK-1). */
export const offeredServiceSchema = z.strictObject({
  id: idSchema('service'),
  name: z.string().min(1).max(100),
  durationMinutes: z.int().min(5).max(480),
  timeZone: timeZoneSchema,
});
export type OfferedService = z.infer<typeof offeredServiceSchema>;

/** What is on offer. */
export const offeredServicesSchema = z.strictObject({ items: z.array(offeredServiceSchema).max(100) });

/** Free slots from `from` (inclusive) to `to` (exclusive), at most 31 days apart. */
export const slotsQuerySchema = z.strictObject({
  serviceId: idSchema('service'),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
});
/** A time that may be booked, in UTC. */
export const slotSchema = z.strictObject({ startsAt: z.iso.datetime(), endsAt: z.iso.datetime() });
/** Free slots, earliest first. */
export const slotsSchema = z.strictObject({ items: z.array(slotSchema).max(1000) });

/** A booking to be made; the end follows from the service. */
export const createBookingRequestSchema = z.strictObject({
  serviceId: idSchema('service'),
  startsAt: z.iso.datetime({ offset: true }),
  name: personNameSchema,
  email: emailSchema,
  phone: phoneSchema,
});

/** A booking as its owner sees it. */
export const bookingSchema = z.strictObject({
  id: idSchema('booking'),
  serviceId: idSchema('service'),
  serviceName: z.string().min(1).max(100),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  name: personNameSchema,
  email: emailSchema,
  phone: phoneSchema,
  status: z.enum(['confirmed', 'cancelled']),
  createdAt: z.iso.datetime(),
});
export type Booking = z.infer<typeof bookingSchema>;

/** A person's bookings, latest start first. */
export const bookingsSchema = z.strictObject({ items: z.array(bookingSchema).max(200) });
