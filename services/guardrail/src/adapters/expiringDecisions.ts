import type { ExpiringTable } from '@todo-chatbot/service-kit';

/** What goes when it is over its period (PRIV-5): texts that are kept for review, and the decisions on texts. */
export const expiringDecisions: readonly ExpiringTable[] = [
  {
    retentionClass: 'quarantine',
    table: 'quarantined_texts',
    key: ['decision_id'],
    age: 'created_at',
    condition: 'created_at < $1',
  },
  {
    retentionClass: 'security',
    table: 'decisions',
    key: ['id'],
    age: 'created_at',
    condition: 'created_at < $1',
  },
];
