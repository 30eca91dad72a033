import type { loginCommandSchema } from '@todo-chatbot/contracts';
import { ProblemError, prepareAuditBox } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { isWithinPasswordLimit, normalisePassword } from '../domain/password.ts';
import type { AccountRecord, AccountStore } from '../ports/accountStore.ts';
import type { DeviceStore } from '../ports/deviceStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { PasswordHasher } from '../ports/passwordHasher.ts';
import type { SessionClient } from '../ports/sessionStore.ts';
import type { Attempt } from './audited.ts';
import type { CountAttempt, CountedAttempt } from './countAttempt.ts';

export type CheckPassword = ReturnType<typeof createCheckPassword>;

/**
 * Checks e-mail and password of somebody at the door, and answers the account. Whoever is refused learns nothing by it: an unknown
 * person, a wrong password, a locked, suspended or password-less account are the same in answer, work and time (AUTH-6).
 * @throws ProblemError `auth.invalid-credentials`, `auth.busy`; `request.rate-limited` when the network is locked.
 */
export function createCheckPassword(options: {
  readonly accounts: Pick<AccountStore, 'find' | 'findByEmail' | 'replacePasswordHash'>;
  readonly devices: DeviceStore;
  readonly passwords: PasswordHasher;
  readonly countAttempt: CountAttempt;
  readonly keyedHash: KeyedHash;
}) {
  const { accounts, devices, passwords, countAttempt, keyedHash } = options;

  /** Looks for a device also where there is no account, because a look-up that is left out would show. */
  async function knownDevice(record: AccountRecord | null, deviceToken: string | undefined): Promise<string | null> {
    if (deviceToken === undefined) return null;
    return devices.find({ userId: record?.account.id ?? '', tokenHash: keyedHash('device', deviceToken) });
  }

  /**
   * The attempts of a known device count in a pool of its own, so that no attack on the account, and none from the same network,
   * locks its owner out (AUTH-7). All others count in that of the account and in that of the network.
   */
  async function count(email: string, deviceId: string | null, address: string | null): Promise<PasswordAttempt> {
    if (deviceId !== null) {
      const device = await countAttempt('password-device', deviceId);
      return { counted: [device], isLocked: device.lockedForSeconds !== null };
    }
    const network = await countAttempt('password-address', address ?? 'unknown');
    if (network.lockedForSeconds !== null) {
      throw new ProblemError('request.rate-limited', { retryAfterSeconds: network.lockedForSeconds });
    }
    const account = await countAttempt('password-account', email);
    return { counted: [network, account], isLocked: account.lockedForSeconds !== null };
  }

  /** Raises the cost of a hash from before it was raised (AUTH-5); when the queue is full, at some later sign-in. */
  async function rehashed(record: AccountRecord, password: string): Promise<AccountRecord> {
    const { account, passwordHash } = record;
    if (passwordHash === null || !passwords.isOutdated(passwordHash)) return record;
    const renewed = await passwords.hash(password).catch(() => null);
    const isReplaced =
      renewed !== null && (await accounts.replacePasswordHash({ userId: account.id, from: passwordHash, to: renewed }));
    if (isReplaced) return { ...record, passwordHash: renewed };
    // Another sign-in at the same moment may have been the one that renewed it.
    const present = renewed === null ? null : await accounts.find(account.id);
    const isSame = present !== null && (await passwords.verify(password, present.passwordHash).catch(() => false));
    return isSame ? present : record;
  }

  return async (
    { email, deviceToken, ...typed }: z.infer<typeof loginCommandSchema>,
    client: SessionClient,
    attempt: Attempt,
  ): Promise<AccountRecord> => {
    const password = normalisePassword(typed.password);
    const record = await accounts.findByEmail(email);
    if (record) attempt.isAbout({ type: 'user', id: record.account.id });
    const deviceId = await knownDevice(record, deviceToken);
    const { counted, isLocked } = await count(email, deviceId, client.address);
    // Beside the slow comparison, so that its time does not tell whether there is somebody to fetch a key for (AUTH-6).
    const prepared = record && prepareAuditBox(record.account.id);
    // bcrypt would compare no more than the limit, so that whatever follows it would be accepted.
    const comparableHash = record && !isLocked && isWithinPasswordLimit(password) ? record.passwordHash : null;
    const isRight = await passwords.verify(password, comparableHash).catch(async (error: unknown) => {
      await Promise.all(counted.map((attempted) => attempted.wasNotChecked()));
      throw error;
    });
    await prepared;
    if (record?.status !== 'active' || !isRight) {
      if (isLocked) attempt.failsFor('locked');
      else if (isRight) attempt.failsFor('suspended');
      for (const attempted of counted) attempted.failed(attempt);
      throw new ProblemError('auth.invalid-credentials');
    }
    await Promise.all(counted.map((attempted) => attempted.succeeded()));
    return rehashed(record, password);
  };
}

interface PasswordAttempt {
  readonly counted: readonly CountedAttempt[];
  /** The account or the device is locked; whoever attempts must not see it. */
  readonly isLocked: boolean;
}
