import {
  changeRetentionRequestSchema,
  expiringClasses,
  retentionItemOf,
  retentionPeriodSchema,
  retentionPeriodsSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { ChangeRetention } from '../../commands/changeRetention.ts';
import type { ReadRetention } from '../../queries/readRetention.ts';

/** Classes by how the mesh names them. */
const classOfItem = new Map(expiringClasses.map((one) => [retentionItemOf(one), one]));
const paramsSchema = z.strictObject({
  item: z.string().transform((item, context) => {
    const found = classOfItem.get(item);
    if (found === undefined) context.addIssue({ code: 'custom', message: 'must name a class that has a period' });
    return found ?? z.NEVER;
  }),
});

/** /v1/retention: how long each class of data is kept (PRIV-5). */
export function retentionRoutes(options: {
  readonly readRetention: ReadRetention;
  readonly changeRetention: ChangeRetention;
}): Route[] {
  const { readRetention, changeRetention } = options;
  return [
    defineRoute({
      operation: 'getRetention',
      method: 'GET',
      path: '/v1/retention-periods',
      permission: null,
      responses: { 200: retentionPeriodsSchema },
      handler: async () => ({ status: 200, body: { items: await readRetention() } }),
    }),
    defineRoute({
      operation: 'changeRetention',
      method: 'PUT',
      path: '/v1/retention/:item',
      permission: 'configuration.change',
      stepUp: true,
      request: { params: paramsSchema, body: changeRetentionRequestSchema },
      responses: { 200: retentionPeriodSchema },
      handler: async ({ user, params, body }) => ({
        status: 200,
        body: await changeRetention(user, params.item, body),
      }),
    }),
  ];
}
