import { type AuthenticationMethod, newId, type TokenGrant } from '@todo-chatbot/contracts';
import { type Clock, ProblemError } from '@todo-chatbot/service-kit';
import { createOpaqueToken } from '../domain/opaqueToken.ts';
import { refreshTokenExpiresAt } from '../domain/session.ts';
import type { AccountRecord } from '../ports/accountStore.ts';
import type { DeviceStore } from '../ports/deviceStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { SessionClient, SessionStore } from '../ports/sessionStore.ts';
import type { RefreshTokens } from '../ports/tokens.ts';
import type { Attempt } from './audited.ts';
import { sessionRevoked } from './sessionRevoked.ts';
import type { GrantTokens } from './tokenGrant.ts';

export type OpenSession = ReturnType<typeof createOpenSession>;

/** Opens a session for somebody who has proved themselves, and makes the browser a known device. The last step of every way to sign in. */
export function createOpenSession(options: {
  readonly sessions: Pick<SessionStore, 'open'>;
  readonly devices: DeviceStore;
  readonly grantTokens: GrantTokens;
  readonly refreshTokens: RefreshTokens;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
}) {
  const { sessions, devices, grantTokens, refreshTokens, keyedHash, clock } = options;
  return async (opening: {
    readonly record: AccountRecord;
    readonly methods: readonly AuthenticationMethod[];
    readonly client: SessionClient;
    /** What the browser shows as its device token. */
    readonly deviceToken: string | undefined;
    readonly attempt: Attempt;
  }): Promise<TokenGrant> => {
    const { record, methods, client, attempt } = opening;
    const now = clock.now();
    const userId = record.account.id;
    const session = { sessionId: newId('session'), userId };
    const refreshToken = refreshTokens.create();
    const refreshExpiresAt = refreshTokenExpiresAt(now);
    const shown = opening.deviceToken;
    const known = shown === undefined ? null : await devices.find({ userId, tokenHash: keyedHash('device', shown) });
    const deviceToken = known !== null && shown !== undefined ? shown : createOpaqueToken();
    const proof = { methods, authenticatedAt: now };
    const isOpen = await sessions.open({
      session,
      record,
      refreshToken: { hash: refreshTokens.hash(refreshToken), expiresAt: refreshExpiresAt },
      proof,
      client,
      device: { id: known ?? newId('device'), tokenHash: keyedHash('device', deviceToken) },
      now,
      events: [attempt.succeeded(session)],
      eventsOfEnded: (ended) => [sessionRevoked({ session: ended, now })],
    });
    if (!isOpen) throw new ProblemError('auth.invalid-credentials');
    const grant = await grantTokens({
      record,
      sessionId: session.sessionId,
      proof,
      refreshToken,
      refreshExpiresAt,
      now,
    });
    return { ...grant, deviceToken };
  };
}
