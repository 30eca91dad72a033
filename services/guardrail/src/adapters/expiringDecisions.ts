import type { ExpiringTable } from '@todo-chatbot/service-kit';

/** What goes when it is over its period (PRIV-5): decisions on texts that were refused. */
export const expiringDecisions: readonly ExpiringTable[] = [
  {
    retentionClass: 'security',
    table: 'decisions',
    key: ['id'],
    age: 'created_at',
    condition: 'created_at < $1',
  },
];
