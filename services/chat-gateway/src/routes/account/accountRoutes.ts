import type { Dapr, Route } from '@todo-chatbot/service-kit';
import type { PersonTokens } from '../personTokens.ts';
import { apiKeyRoutes } from './apiKeyRoutes.ts';
import { createAuthService } from './authService.ts';
import { consentRoutes } from './consentRoutes.ts';
import { erasureRoutes } from './erasureRoutes.ts';
import { factorRoutes } from './factorRoutes.ts';
import { mailLinkRoutes } from './mailLinkRoutes.ts';
import { sessionRoutes } from './sessionRoutes.ts';
import { signInRoutes } from './signInRoutes.ts';
import { userRoutes } from './userRoutes.ts';

/** Accounts, by subject; `auth` decides all of it. */
export function accountRoutes(options: {
  readonly dapr: Pick<Dapr, 'invoke' | 'invokeText'>;
  readonly tokens: PersonTokens;
  readonly csrfKey: Buffer;
}): Route[] {
  const auth = createAuthService(options);
  return [
    ...signInRoutes({ auth, csrfKey: options.csrfKey }),
    ...sessionRoutes({ auth }),
    ...factorRoutes({ auth }),
    ...mailLinkRoutes({ auth }),
    ...apiKeyRoutes({ auth }),
    ...userRoutes({ auth }),
    ...consentRoutes({ auth }),
    ...erasureRoutes({ auth, dapr: options.dapr }),
  ];
}
