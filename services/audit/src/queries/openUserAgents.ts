import type { Logger } from '@todo-chatbot/service-kit';
import { defaultRules } from '../domain/alertRules.ts';
import { groupOf, type MonitoredEvent } from '../domain/evaluateRule.ts';
import { mapBounded } from './mapBounded.ts';
import type { OpenSealed } from './openSealed.ts';

/** Opens the user agents of events, where a rule looks at them; answers all events in their order. */
export type OpenUserAgents = (events: readonly MonitoredEvent[]) => Promise<readonly MonitoredEvent[]>;

const deviceRules = defaultRules.filter(({ kind }) => kind === 'new-device');

/**
 * Opens user agents for the monitoring. What cannot be opened, because its person was erased, or `auth` does not answer, stays sealed, and
 * the rule goes by the address alone: whoever keeps `auth` from answering must not keep the monitoring from going on.
 */
export function createOpenUserAgents(options: {
  readonly newOpener: () => OpenSealed;
  readonly logger: Logger;
}): OpenUserAgents {
  const { newOpener, logger } = options;
  return async (events) => {
    const open = newOpener();
    try {
      return await mapBounded(events, (event) => opened(event, open));
    } catch (error) {
      logger.warn({ err: error }, 'the monitoring goes on without user agents: there are no keys');
      return events;
    }
  };
}

async function opened(event: MonitoredEvent, open: OpenSealed): Promise<MonitoredEvent> {
  const { sealedUserAgent, ...said } = event;
  if (!sealedUserAgent || !deviceRules.some((rule) => groupOf(rule, event) !== null)) return event;
  const value = await open(sealedUserAgent);
  return value.state === 'opened' ? { ...said, userAgent: value.text } : event;
}
