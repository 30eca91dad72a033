import {
  type DueRows,
  type ExpiringClass,
  type RetentionRun,
  retentionDueQuerySchema,
  retentionDueSchema,
  retentionRunsSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '../http/route.ts';

/** What is due, and what was done. */
export interface RetentionReports {
  /** What a period of so many days would remove now. Removes nothing. */
  due(retentionClass: ExpiringClass, days: number): Promise<DueRows[]>;
  /** The newest runs, newest first. */
  runs(): Promise<RetentionRun[]>;
}

/** What whoever looks after the service asks its retention: what a period would remove, and what runs did (PRIV-5). */
export function retentionRoutes(job: RetentionReports): readonly Route[] {
  return [
    defineRoute({
      operation: 'previewRetention',
      method: 'GET',
      path: '/v1/retention-due',
      permission: 'configuration.read',
      request: { query: retentionDueQuerySchema },
      responses: { 200: retentionDueSchema },
      handler: async ({ query }) => ({ status: 200, body: { items: await job.due(query.class, query.days) } }),
    }),
    defineRoute({
      operation: 'listRetentionRuns',
      method: 'GET',
      path: '/v1/retention-runs',
      permission: 'configuration.read',
      responses: { 200: retentionRunsSchema },
      handler: async () => ({ status: 200, body: { items: await job.runs() } }),
    }),
  ];
}
