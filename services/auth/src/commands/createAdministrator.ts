import { newId } from '@todo-chatbot/contracts';
import { type Clock, maskEmail, newEvent, ProblemError } from '@todo-chatbot/service-kit';
import { rolesOfAccount } from '../domain/administration.ts';
import { createOpaqueToken } from '../domain/opaqueToken.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { DataKeyWrapper } from '../ports/dataKeys.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { PeopleStore } from '../ports/peopleStore.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';

/** The operator hands the link on to a person, who need not be at their desk. */
const linkTtlMs = 24 * 60 * 60 * 1000;

/** Somebody is an administrator now. `linkToken` of a new account opens the page that sets its password. */
export type Appointment =
  | { readonly kind: 'created'; readonly linkToken: string; readonly expiresAt: Date }
  | { readonly kind: 'promoted' };

/**
 * Makes the first administrator, for the operator of the platform: there is no default password, and nobody has to reach into the
 * database. While there is an active administrator it changes nothing.
 * @throws ProblemError `access.permission-denied` that says why not
 */
export function createCreateAdministrator(options: {
  readonly people: Pick<PeopleStore, 'appointFirst'>;
  readonly dataKeys: Pick<DataKeyWrapper, 'make'>;
  readonly auditTrail: AuditTrail;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
}) {
  const { people, dataKeys, auditTrail, keyedHash, clock } = options;
  return ({ email, name }: { readonly email: string; readonly name: string }): Promise<Appointment> =>
    audited(
      {
        auditTrail,
        action: 'user.create-administrator',
        input: {},
        personalInput: { email: maskEmail(email) },
        category: 'administration',
        retentionClass: 'administration',
      },
      async (attempt) => {
        const now = clock.now();
        const linkToken = createOpaqueToken();
        const expiresAt = new Date(now.getTime() + linkTtlMs);
        const id = newId('user');
        const outcome = await people.appointFirst({
          account: { id, email, name },
          dataKey: await dataKeys.make(id),
          link: { tokenHash: keyedHash('link', linkToken), expiresAt },
          now,
          events: (userId, accessVersion) => {
            attempt.isAbout({ type: 'user', id: userId });
            return [
              accessVersion === null
                ? registered(userId)
                : accessChanged({ userId, minimumVersion: accessVersion, now }),
              attempt.succeeded(),
            ];
          },
        });
        switch (outcome) {
          case 'created':
            return { kind: 'created', linkToken, expiresAt };
          case 'promoted':
            return { kind: 'promoted' };
          case 'administrator-exists':
            throw refusal('There is an administrator already, who can make others. Nothing was changed.');
          case 'suspended':
            throw refusal('The account with this address is suspended. Nothing was changed: name another address.');
          case 'unverified':
            throw refusal(
              'An account with this address exists, but nobody has shown that the mailbox is theirs: whoever registered it ' +
                'would become administrator. Nothing was changed: let them confirm the address, or name another one.',
            );
        }
      },
    );
}

function registered(userId: string) {
  const data = { userId, roles: rolesOfAccount(['admin']) };
  return newEvent({ type: 'auth.user_registered.v1', source: 'auth', subject: userId, data });
}

function refusal(detail: string): ProblemError {
  return new ProblemError('access.permission-denied', { detail });
}
