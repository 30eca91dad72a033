import { after, before } from 'node:test';
import { consentSuite } from '@todo-chatbot/local-platform/testing';
import {
  ada,
  type BookingService,
  consultationId,
  newKey,
  newSlot,
  startBookingService,
} from '../testing/bookingService.ts';

let service: BookingService;
before(async () => {
  service = await startBookingService();
});
after(() => service.close());

consentSuite({
  service: () => service,
  purpose: 'appointments',
  uses: {
    createBooking: (as) => {
      const body = { serviceId: consultationId, startsAt: newSlot().startsAt, ...ada };
      return service.call({ method: 'POST', path: '/v1/bookings', as, key: newKey(), body });
    },
  },
  free: {
    listBookings: (as) => service.call({ method: 'GET', path: '/v1/bookings', as }),
    listServices: (as) => service.call({ method: 'GET', path: '/v1/services', as }),
  },
});
