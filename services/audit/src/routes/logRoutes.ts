import type { LogKeys } from '@todo-chatbot/contracts';
import type { Route } from '@todo-chatbot/service-kit';
import type { LogReader } from '../ports/logReader.ts';
import { getBundle } from './getBundle/route.ts';
import { getCheckpoint } from './getCheckpoint/route.ts';
import { getConsistencyProof } from './getConsistencyProof/route.ts';
import { getLogKeys } from './getLogKeys/route.ts';
import { getTile } from './getTile/route.ts';

/** What everybody may have of the log: all that it takes to check it, and nothing that happened (AUD-3). */
export function logRoutes(options: { readonly reader: LogReader; readonly keys: LogKeys }): Route[] {
  return [
    getCheckpoint(options),
    getTile(options),
    getBundle(options),
    getConsistencyProof(options),
    getLogKeys(options),
  ];
}
