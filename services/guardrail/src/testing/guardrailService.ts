import { type ConsentPurpose, type Judgement, judgementSchema } from '@todo-chatbot/contracts';
import {
  type Answer,
  type Call,
  createTestClock,
  type Person,
  startTestService,
} from '@todo-chatbot/local-platform/testing';
import { newEvent } from '@todo-chatbot/service-kit';
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
    /** Judges a message, and gives the judgement. */
    judge: async (as: Person, text: string, direction = 'input'): Promise<Judgement> => {
      const body = { direction, text };
      const answer = await service.call({ method: 'POST', path: '/v1/judgements', as, body });
      return judgementSchema.parse(answer.body);
    },
    /** How many texts of a person are kept. */
    async keptTexts(userId: string): Promise<number> {
      const query = 'SELECT FROM quarantined_texts WHERE user_id = $1';
      return (await service.database.ownerPool.query(query, [userId])).rowCount ?? 0;
    },
    /** Tells that a person takes consents back, as `auth` does. */
    withdraw: (
      { userId }: Person,
      purposes: readonly ConsentPurpose[] = ['improvement'],
      minimumVersion = 1,
    ): Promise<Answer> =>
      service.deliver(
        newEvent({
          type: 'auth.consent_withdrawn.v1',
          source: 'auth',
          subject: userId,
          data: { userId, purposes: [...purposes], minimumVersion },
        }),
      ),
    /** Makes the service forget the keys that it remembers of a person, by the news that their access has changed. */
    forgetKeys: ({ userId }: Person): Promise<Answer> =>
      service.deliver(
        newEvent({
          type: 'auth.access_changed.v1',
          source: 'auth',
          subject: userId,
          data: { userId, minimumVersion: 1, accessTokensExpireAt: '2100-01-01T00:00:00.000Z' },
        }),
      ),
    /** The decisions on a person's texts, all columns. */
    async decisions(userId: string): Promise<Record<string, unknown>[]> {
      const query = 'SELECT * FROM decisions WHERE user_id = $1 ORDER BY id';
      const { rows } = await service.database.ownerPool.query(query, [userId]);
      return rows;
    },
  };
}
