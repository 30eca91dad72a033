import { queryOptions } from '@tanstack/react-query';
import { type Export, exportLinkSchema, exportsSchema } from '@todo-chatbot/contracts';
import { fetchJson, send } from '../api/client.ts';
import { saveAnswer } from '../ui/saveAnswer.ts';

/** While an export is under way its progress is asked for so often. */
const progressEveryMs = 2_000;
/** As long as the server lets a download take. */
const downloadTimeoutMs = 1_800_000;

/** The person's exports, newest first. */
export const exportsQuery = queryOptions({
  queryKey: ['exports'],
  queryFn: async () => (await fetchJson(exportsSchema, 'GET', '/privacy/exports')).items,
  refetchInterval: ({ state }) =>
    state.data?.some(({ state: one }) => one === 'collecting') ? progressEveryMs : false,
});

/** Asks for an export; answers the exports as they stand then. */
export async function requestExport(): Promise<readonly Export[]> {
  return (await fetchJson(exportsSchema, 'POST', '/privacy/exports')).items;
}

/** Makes a link to an archive and uses it at once. The browser refuses what is shorter than was announced. */
export async function downloadExport({ id, requestedAt }: Pick<Export, 'id' | 'requestedAt'>): Promise<void> {
  const { token } = await fetchJson(exportLinkSchema, 'POST', `/privacy/exports/${id}/link`);
  const signal = AbortSignal.timeout(downloadTimeoutMs);
  const answer = await send('POST', '/privacy/exports/download', { body: { token }, signal });
  await saveAnswer(answer, `my-data-${requestedAt.slice(0, 10)}.json`);
}
