import type { CloudEvent } from '@todo-chatbot/contracts';
import { newEvent } from '@todo-chatbot/service-kit';
import { accessTokensExpireAt } from '../domain/session.ts';

/** The event that makes every service refuse the person's access tokens of earlier versions (AUTH-11). */
export function accessChanged(options: {
  readonly userId: string;
  readonly minimumVersion: number;
  readonly now: Date;
}): CloudEvent {
  const { userId, minimumVersion, now } = options;
  return newEvent({
    type: 'auth.access_changed.v1',
    source: 'auth',
    subject: userId,
    data: { userId, minimumVersion, accessTokensExpireAt: accessTokensExpireAt(now).toISOString() },
  });
}
