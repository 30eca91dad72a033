import { type Call, createTestClock, startTestService } from '@todo-chatbot/local-platform/testing';
import { build } from '../build.ts';
import { configSchema } from '../config.ts';

export type GuardrailService = Awaited<ReturnType<typeof startGuardrailService>>;

/** The whole service on a database of its own. */
export async function startGuardrailService() {
  const clock = createTestClock('2026-11-23T07:00:00.000Z');
  const service = await startTestService({ service: 'guardrail', configSchema, build, clock });
  return {
    ...service,
    clock,
    /** Calls the one route, unless told otherwise. */
    call: (call: Omit<Call, 'method' | 'path'> & Partial<Call>) =>
      service.call({ method: 'POST', path: '/v1/judgements', ...call }),
    /** The decisions on a person's texts, all columns. */
    async decisions(userId: string): Promise<Record<string, unknown>[]> {
      const query = 'SELECT * FROM decisions WHERE user_id = $1 ORDER BY id';
      const { rows } = await service.database.ownerPool.query(query, [userId]);
      return rows;
    },
  };
}
