/** One operation of each service behind the door that needs a signed-in person and changes nothing. */
export const guardedOperations = [
  { appId: 'auth', method: 'GET', path: '/v1/account', body: undefined },
  { appId: 'task', method: 'GET', path: '/v1/tasks', body: undefined },
  { appId: 'booking', method: 'GET', path: '/v1/bookings', body: undefined },
  { appId: 'guardrail', method: 'POST', path: '/v1/judgements', body: { direction: 'input', text: 'hello' } },
  { appId: 'audit', method: 'GET', path: '/v1/entries', body: undefined },
] as const;
