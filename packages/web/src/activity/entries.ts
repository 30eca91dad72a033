import type { QueryClient } from '@tanstack/react-query';
import { auditEntriesSchema } from '@todo-chatbot/contracts';
import { fetchJson } from '../api/client.ts';

/** Cache key of the person's own audit trail. */
export const entriesKey = ['audit-entries'] as const;

/** The newest entries of the person's own trail. */
export async function loadEntries() {
  return (await fetchJson(auditEntriesSchema, 'GET', '/audit/entries?limit=100&scope=own')).items;
}

/** An act reaches the log a moment after its answer: time after which its entry is looked for again. */
const sequencingMs = 2_500;

/** Asks for the trail again after an act, now and once more when its entry must be there. Reading is an act too, so that nothing polls. */
export function refreshEntries(queryClient: QueryClient): void {
  const refresh = () => void queryClient.invalidateQueries({ queryKey: entriesKey });
  refresh();
  setTimeout(refresh, sequencingMs);
}
