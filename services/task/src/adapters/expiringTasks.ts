import type { ExpiringTable } from '@todo-chatbot/service-kit';

/**
 * What goes when it is over its period (PRIV-5): tasks that are done, as old as their completion, and lists in which no task is left. Open
 * tasks are their person's for as long as they want them. The border is `$1`; exactly as old as the period is not over it.
 */
export const expiringTasks: readonly ExpiringTable[] = [
  {
    retentionClass: 'task-execution',
    table: 'tasks',
    key: ['id'],
    age: 'completed_at',
    condition: 'completed_at < $1',
  },
  {
    retentionClass: 'task-execution',
    table: 'lists',
    key: ['user_id', 'key'],
    age: 'created_at',
    // Tasks that are due themselves are gone by then; before they are, a list is counted as it will be.
    condition: `created_at < $1 AND NOT EXISTS (
        SELECT FROM tasks WHERE tasks.user_id = lists.user_id AND tasks.list_key = lists.key
          AND (completed_at IS NULL OR completed_at >= $1))`,
  },
];
