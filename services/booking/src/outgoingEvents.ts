import type { Booking, CloudEvent, ErrorCode } from '@todo-chatbot/contracts';
import { maskEmail, maskPhone, newAuditEvent, newEvent } from '@todo-chatbot/service-kit';
import type { BookingRequest } from './domain/booking.ts';

/** News of a new booking, and its audit entry with the person's details masked and sealed (AUD-4). */
export function eventsOfBooking(userId: string, booking: Booking, request: BookingRequest): CloudEvent[] {
  return [
    newEvent({ type: 'booking.created.v1', subject: booking.id, source: 'booking', data: { userId, booking } }),
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
