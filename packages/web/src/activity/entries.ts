import { auditEntriesSchema, inclusionProofSchema } from '@todo-chatbot/contracts';
import { fetchJson } from '../api/client.ts';
import { checkInclusionProof } from '../proof/inclusionProof.ts';

/** Cache key of the person's own audit trail. */
export const entriesKey = ['audit-entries'] as const;

/** The newest entries of the person's own trail. */
export async function loadEntries() {
  return (await fetchJson(auditEntriesSchema, 'GET', '/audit/entries?limit=50')).items;
}

/** Fetches the proof of an entry and checks it here, in the browser. */
export async function verifyEntry(index: number) {
  return checkInclusionProof(await fetchJson(inclusionProofSchema, 'GET', `/audit/entries/${index}/proof`));
}
