import type { CloudEvent } from '@todo-chatbot/contracts';
import { type Clock, newAuditEvent, newEvent, ProblemError } from '@todo-chatbot/service-kit';
import { accessTokensExpireAt } from '../domain/session.ts';
import { activeBefore, publishedBefore } from '../domain/signingKeys.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { Rotation, SigningKeyMaker, SigningKeyStore } from '../ports/signingKeys.ts';

export type ManageSigningKeys = ReturnType<typeof createManageSigningKeys>;

/** Makes, rotates and revokes signing keys (AUTH-2). Call it inside of a request context: every change is an audit event. */
export function createManageSigningKeys(options: {
  readonly store: SigningKeyStore;
  readonly maker: Pick<SigningKeyMaker, 'make'>;
  readonly keyRing: { reload(): Promise<void> };
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { store, maker, keyRing, auditTrail, clock } = options;

  async function rotateWhen(due: { readonly now: Date; readonly activeBefore: Date }): Promise<Rotation | null> {
    const { now } = due;
    const rotation = await store.rotate({
      successor: await maker.make(),
      ...due,
      publishedBefore: publishedBefore(now),
      eventsFor: ({ retired, ...followers }) => [
        administered({ action: 'auth.rotate-signing-key', kid: retired, input: followers }),
      ],
    });
    if (rotation) await keyRing.reload();
    return rotation;
  }

  return {
    /** Makes the first two keys of a new installation; several replicas that start at once make one pair. */
    async ensure(): Promise<void> {
      if ((await store.list()).length > 0) return;
      const [active, published] = await Promise.all([maker.make(), maker.make()]);
      const events = [
        administered({ action: 'auth.create-signing-key', kid: active.kid }),
        administered({ action: 'auth.create-signing-key', kid: published.kid }),
      ];
      await store.createFirst({ active, published, now: clock.now(), events });
      await keyRing.reload();
    },
    /** Rotates when the active key has signed for so many days. */
    async rotateIfDue(rotationDays: number): Promise<Rotation | null> {
      const now = clock.now();
      const before = activeBefore(now, rotationDays);
      const isDue = (await store.list()).some(
        ({ activatedAt, state }) => state === 'active' && (activatedAt ?? now) <= before,
      );
      return isDue ? rotateWhen({ now, activeBefore: before }) : null;
    },
    /**
     * Rotates now.
     * @throws ProblemError `signing-key.too-young` when the published key may not be known to everybody yet.
     */
    async rotate(): Promise<Rotation> {
      const now = clock.now();
      const rotation = await rotateWhen({ now, activeBefore: now });
      if (rotation) return rotation;
      await refused(auditTrail, { action: 'auth.rotate-signing-key', kid: null, reason: 'signing-key.too-young' });
      throw new ProblemError('signing-key.too-young');
    },
    /**
     * Ends all trust in a key, at once and everywhere.
     * @throws ProblemError `signing-key.not-found` when there is none of that id that is still trusted.
     */
    async revoke(kid: string): Promise<void> {
      const now = clock.now();
      const events = [
        newEvent({
          type: 'auth.signing_key_revoked.v1',
          source: 'auth',
          subject: kid,
          data: { keyId: kid, accessTokensExpireAt: accessTokensExpireAt(now).toISOString() },
        }),
        newAuditEvent({
          action: 'auth.revoke-signing-key',
          category: 'security',
          success: true,
          object: { type: 'signing-key', id: kid },
          retentionClass: 'administration',
        }),
      ];
      const isRevokedNow = await store.revoke({ kid, successor: await maker.make(), now, events });
      if (isRevokedNow) return keyRing.reload();
      await refused(auditTrail, { action: 'auth.revoke-signing-key', kid, reason: 'signing-key.not-found' });
      throw new ProblemError('signing-key.not-found');
    },
  };
}

type KeyAction = 'auth.create-signing-key' | 'auth.rotate-signing-key' | 'auth.revoke-signing-key';

function administered(act: {
  readonly action: KeyAction;
  readonly kid: string;
  readonly input?: Readonly<Record<string, string>>;
}): CloudEvent {
  return newAuditEvent({
    action: act.action,
    category: 'administration',
    success: true,
    object: { type: 'signing-key', id: act.kid },
    input: { ...act.input },
    retentionClass: 'administration',
  });
}

/** What somebody typed as a key id is kept only as far as it can be one. */
async function refused(
  auditTrail: AuditTrail,
  attempt: { readonly action: KeyAction; readonly kid: string | null; readonly reason: string },
): Promise<void> {
  const { action, kid, reason } = attempt;
  await auditTrail.record([
    newAuditEvent({
      action,
      category: 'administration',
      success: false,
      object: kid === null ? null : { type: 'signing-key', id: kid.slice(0, 43) },
      reason,
      retentionClass: 'administration',
    }),
  ]);
}
