import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { instantSchema, offsetInstantSchema, oneOf } from '../leaves.ts';
import { emailSchema, personNameSchema, phoneSchema, timeZoneSchema } from './common.ts';

const serviceNameSchema = annotated(z.string().min(1).max(100), 'protocol.public');

/** A service on offer (BOOK-1). */
export const offeredServiceSchema = z.strictObject({
  id: idSchema('service'),
  name: serviceNameSchema,
  durationMinutes: annotated(z.int().min(5).max(480), 'protocol.public'),
  timeZone: timeZoneSchema,
});
export type OfferedService = z.infer<typeof offeredServiceSchema>;

/** What is on offer. */
export const offeredServicesSchema = z.strictObject({ items: z.array(offeredServiceSchema).max(100) });

/** Free slots from `from` (inclusive) to `to` (exclusive), at most 31 days apart. */
export const slotsQuerySchema = z.strictObject({
  serviceId: idSchema('service'),
  from: offsetInstantSchema,
  to: offsetInstantSchema,
});
/** A time that may be booked, in UTC. */
export const slotSchema = z.strictObject({ startsAt: instantSchema, endsAt: instantSchema });
/** Free slots, earliest first. */
export const slotsSchema = z.strictObject({ items: z.array(slotSchema).max(1000) });

/** Whoever books for somebody else gives their address; whose it is differs from an account's, and so do its purpose and its time. */
const contactNameSchema = annotated(personNameSchema.clone(), 'booking.contact');
const contactEmailSchema = annotated(emailSchema.clone(), 'booking.contact');

/** A booking to be made; the end follows from the service. */
export const createBookingRequestSchema = z.strictObject({
  serviceId: idSchema('service'),
  startsAt: offsetInstantSchema,
  name: contactNameSchema,
  email: contactEmailSchema,
  phone: phoneSchema,
});

/** A booking as its owner sees it. */
export const bookingSchema = z.strictObject({
  id: idSchema('booking'),
  serviceId: idSchema('service'),
  serviceName: serviceNameSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  name: contactNameSchema,
  email: contactEmailSchema,
  phone: phoneSchema,
  status: oneOf(['confirmed', 'cancelled']),
  createdAt: instantSchema,
});
export type Booking = z.infer<typeof bookingSchema>;

/** A person's bookings, latest start first. */
export const bookingsSchema = z.strictObject({ items: z.array(bookingSchema).max(200) });
