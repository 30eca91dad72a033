/** All tests and measurements come from one address and talk fast; the limits themselves are tested where they are made. */
export const unlimited = {
  RATE_LIMIT_MESSAGES_PER_MINUTE: '1000000',
  RATE_LIMIT_BOOKINGS_PER_HOUR: '1000000',
  RATE_LIMIT_API_CALLS_PER_MINUTE: '1000000',
  RATE_LIMIT_TASK_LISTS_PER_MINUTE: '1000000',
  RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: '1000000',
  RATE_LIMIT_API_KEY_CALLS_PER_MINUTE: '1000000',
  LOCKOUT_ADDRESS_ATTEMPTS: '1000000',
};
