import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CloudEvent, type ConsentPurpose, consentPurposes } from '@todo-chatbot/contracts';
import { newEvent } from '@todo-chatbot/service-kit';
import type { Person } from './testIssuer.ts';
import { type Answer, auditEntries, codeOf } from './testService.ts';
import { waitFor } from './waitFor.ts';

/** A running service as {@link consentSuite} meets it. */
export interface ConsentedService {
  signInAgreeingTo(...consents: readonly ConsentPurpose[]): Promise<Person>;
  deliver(event: CloudEvent): Promise<Answer>;
  outbox(subject: string): Promise<readonly CloudEvent[]>;
}

/** A call of the service on behalf of a person. */
type Act = (person: Person) => Promise<Answer>;

/**
 * What every service owes to people's consents, as tests. `uses` are its operations that want one, by name; `free` are those that a
 * person may always do with what is theirs: they answer neither 401 nor 403.
 */
export function consentSuite(options: {
  readonly service: () => ConsentedService;
  readonly purpose: ConsentPurpose;
  readonly uses: Readonly<Record<string, Act>>;
  readonly free: Readonly<Record<string, Act>>;
}): void {
  const { service, purpose, uses, free } = options;
  const others = consentPurposes.filter((other) => other !== purpose);

  for (const [operation, act] of Object.entries(uses)) {
    test(`attack: ${operation} without consent to ${purpose}: refused by name, nothing is done, and it is recorded (PRIV-2, AUD-1)`, async () => {
      for (const consents of [[], others]) {
        const person = await service().signInAgreeingTo(...consents);

        const answer = await act(person);

        assert.deepEqual([answer.status, codeOf(answer)], [403, 'consent.required']);
        assert.ok(answer.text.includes(purpose), answer.text);
        const entries = await waitFor('the record of the refusal', async () => {
          const found = auditEntries(await service().outbox(person.userId));
          return found.length > 0 ? found : undefined;
        });
        assert.deepEqual(
          entries.map(({ action, reason, input }) => [action, reason, input.operation]),
          [['access.refuse', 'consent.required', operation]],
        );
      }
    });

    test(`${operation} with consent to ${purpose} alone is done; once it is withdrawn the token is refused at once (PRIV-2, AUTH-11)`, async () => {
      const person = await service().signInAgreeingTo(purpose);
      const allowed = await act(person);
      assert.ok(allowed.status < 400 || allowed.status === 404, allowed.text);

      await service().deliver(withdrawalOf(person));

      const refused = await act(person);
      assert.deepEqual([refused.status, codeOf(refused)], [401, 'auth.token-invalid']);
    });
  }

  for (const [operation, act] of Object.entries(free)) {
    test(`${operation} needs no consent: what is there stays its owner’s (PRIV-2, PRIV-3)`, async () => {
      const answer = await act(await service().signInAgreeingTo());
      assert.ok(answer.status < 300 || answer.status === 404, answer.text);
    });
  }
}

/** What `auth` tells when a person withdraws: tokens of before are of no use. */
function withdrawalOf({ userId }: Person): CloudEvent {
  return newEvent({
    type: 'auth.access_changed.v1',
    subject: userId,
    source: 'auth',
    // Later than any clock of a test.
    data: { userId, minimumVersion: 1, accessTokensExpireAt: '2100-01-01T00:00:00.000Z' },
  });
}
