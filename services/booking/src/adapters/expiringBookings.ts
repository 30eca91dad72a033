import type { ExpiringTable } from '@todo-chatbot/service-kit';

/**
 * What goes when it is over its period (PRIV-5): the booking as a whole, as old as the end of its appointment. Without name, e-mail and
 * phone it would tell nobody anything, and there is no purpose to keep what is left of it for.
 */
export const expiringBookings: readonly ExpiringTable[] = [
  {
    retentionClass: 'booking',
    table: 'bookings',
    key: ['id'],
    age: 'ends_at',
    condition: 'ends_at < $1',
  },
];
