import type { Dapr, Logger, RetentionJob, Route } from '@todo-chatbot/service-kit';
import type { LiveStreams } from '../adapters/liveStreams.ts';
import type { RunChatTurn } from '../commands/chatTurn.ts';
import type { ImportTasks } from '../commands/importTasks.ts';
import type { ConversationStore } from '../ports/conversationStore.ts';
import { accountRoutes } from './account/accountRoutes.ts';
import { alertRoutes } from './alertRoutes.ts';
import { auditExportRoutes } from './auditExportRoutes.ts';
import { auditRoutes } from './auditRoutes.ts';
import { bookingRoutes } from './bookingRoutes.ts';
import { chatRoutes } from './chatRoutes.ts';
import { eventRoutes } from './eventRoutes.ts';
import { exportRoutes } from './exportRoutes.ts';
import { guardrailRoutes } from './guardrailRoutes.ts';
import { logRoutes } from './logRoutes.ts';
import type { PersonTokens } from './personTokens.ts';
import type { CountRequest } from './requestCounter.ts';
import { retentionRoutes } from './retentionRoutes.ts';
import { taskRoutes } from './taskRoutes.ts';

/** What the routes of the API need. */
export interface PublicRouteOptions {
  readonly dapr: Pick<Dapr, 'invoke' | 'invokeText' | 'invokeBytes'>;
  readonly tokens: PersonTokens;
  readonly count: CountRequest;
  readonly runChatTurn: RunChatTurn;
  readonly importTasks: ImportTasks;
  readonly store: Pick<ConversationStore, 'latest'>;
  readonly streams: Pick<LiveStreams, 'open'>;
  readonly retention: Pick<RetentionJob, 'due' | 'runs'>;
  readonly csrfKey: Buffer;
  readonly logger: Pick<Logger, 'error'>;
}

/** Every operation of the public API. */
export function publicRoutes(options: PublicRouteOptions): Route[] {
  return [
    ...accountRoutes(options),
    ...chatRoutes(options),
    ...taskRoutes(options),
    ...bookingRoutes(options),
    ...auditRoutes(options),
    ...logRoutes(options),
    ...auditExportRoutes(options),
    ...exportRoutes(options),
    ...alertRoutes(options),
    ...retentionRoutes(options),
    ...guardrailRoutes(options),
    ...eventRoutes(options),
  ];
}
