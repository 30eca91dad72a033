import type { Booking, CloudEvent, ErrorCode } from '@todo-chatbot/contracts';
import { maskEmail, maskPhone, newAuditEvent, newEvent, type PersonBox, sealJson } from '@todo-chatbot/service-kit';
import type { BookingRequest } from './domain/booking.ts';

/** News of a new booking, sealed with the person's box for news, and its audit entry with their details masked and sealed (AUD-4). */
export function eventsOfBooking(box: PersonBox, booking: Booking, request: BookingRequest): CloudEvent[] {
  const type = 'booking.created.v2';
  const sealed = sealJson(box, { field: type, row: booking.id }, booking);
  const data = { userId: box.personId, bookingId: booking.id, sealed };
  return [
    newEvent({ type, subject: booking.id, source: 'booking', data }),
    newAuditEvent({
      action: 'booking.create',
      category: 'data-change',
      success: true,
      object: { type: 'booking', id: booking.id },
      ...inputOf(request),
      retentionClass: 'booking',
    }),
  ];
}

/** Audit entry of a booking that could not be made. */
export function eventsOfRefusal(request: BookingRequest, code: ErrorCode): CloudEvent[] {
  return [
    newAuditEvent({
      action: 'booking.create',
      category: 'data-change',
      success: false,
      reason: code,
      object: { type: 'service', id: request.serviceId },
      ...inputOf(request),
      retentionClass: 'booking',
    }),
  ];
}

/** Audit entry of bookings having been read. */
export function eventsOfReading(count: number): CloudEvent[] {
  return [
    newAuditEvent({
      action: 'booking.list',
      category: 'data-access',
      success: true,
      input: { count },
      retentionClass: 'booking',
    }),
  ];
}

function inputOf({ serviceId, startsAt, name, email, phone }: BookingRequest) {
  return {
    input: { serviceId, startsAt, nameLength: name.length },
    personalInput: { email: maskEmail(email), phone: maskPhone(phone) },
  };
}
