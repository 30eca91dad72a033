import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeConsentsRequest, consentsSchema, privacyNoticeSchema } from '@todo-chatbot/contracts';
import { fetchJson, refreshSession } from '../api/client.ts';

/** The privacy notice in force. */
export const noticeQuery = queryOptions({
  queryKey: ['privacy-notice'],
  queryFn: () => fetchJson(privacyNoticeSchema, 'GET', '/privacy/notice'),
});

/** What the person agrees to, and how that came to be. */
export const consentsQuery = queryOptions({
  queryKey: ['consents'],
  queryFn: () => fetchJson(consentsSchema, 'GET', '/privacy/consents'),
});

/** Reads notice and consents anew: another page, or a newer notice, may have changed them. */
export function reloadConsents(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: noticeQuery.queryKey });
  void queryClient.invalidateQueries({ queryKey: consentsQuery.queryKey });
}

/** The session is renewed with the change, because the access token says what its owner agrees to. */
async function changeConsents(change: ChangeConsentsRequest) {
  const consents = await fetchJson(consentsSchema, 'PUT', '/privacy/consents', { body: change });
  // What fails here is made up for by the next request that is refused for the old token.
  await refreshSession().catch(() => undefined);
  return consents;
}

/** Gives and withdraws; the page shows what came of it. */
export function useChangeConsents() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: changeConsents,
    onSuccess: (consents) => queryClient.setQueryData(consentsQuery.queryKey, consents),
    onError: () => reloadConsents(queryClient),
  });
}
