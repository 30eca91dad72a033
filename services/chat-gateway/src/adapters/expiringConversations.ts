import type { ExpiringTable } from '@todo-chatbot/service-kit';

/**
 * What goes when it is over its period (PRIV-5): messages and replies one by one, and then a conversation in which none is left and nothing
 * happened for as long, with what the bot remembers of it. One whose turn is under way is not idle, whatever its times say.
 */
export const expiringConversations: readonly ExpiringTable[] = [
  {
    retentionClass: 'conversation',
    table: 'messages',
    key: ['id'],
    age: 'created_at',
    condition: 'created_at < $1',
  },
  {
    retentionClass: 'conversation',
    table: 'conversations',
    key: ['id'],
    age: 'updated_at',
    // Messages that are due themselves are gone by then; before they are, a conversation is counted as it will be.
    condition: `updated_at < $1 AND (lease_until IS NULL OR lease_until < $1) AND NOT EXISTS (
        SELECT FROM messages WHERE conversation_id = conversations.id AND messages.created_at >= $1)`,
  },
];
