import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import {
  type Account,
  accountSchema,
  loginResponseSchema,
  passkeyCeremonySchema,
  type SecondFactorRequired,
  secondFactorRequiredSchema,
} from '@todo-chatbot/contracts';
import { useEffect } from 'react';
import { z } from 'zod';
import { fetchJson, refreshSession, send } from '../api/client.ts';
import { RequestFailed } from '../api/problem.ts';
import type { Proof } from './ProofForm.tsx';
import { askForPasskey } from './webAuthn.ts';

/** Cache key of the signed-in account. */
export const accountKey = ['account'] as const;

/** The session is renewed in this interval: well within the 30 minutes of an access token. */
const renewEveryMs = 20 * 60_000;

/** An account is taken as it is for so long; after that it is asked for when the page is looked at again. */
const accountStaleAfterMs = 10_000;

async function askForAccount(): Promise<Account | null> {
  try {
    return await fetchJson(accountSchema, 'GET', '/auth/account');
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 401) return null;
    throw error;
  }
}

/** Tabs share their cookies: in another one an address may have been confirmed, or somebody else have signed in. */
export const accountQuery = queryOptions({
  queryKey: accountKey,
  queryFn: async ({ client }) => {
    const account = await askForAccount();
    const known = client.getQueryData<Account | null>(accountKey);
    if (known && known.id !== account?.id) forgetWhatIsTheirs(client);
    return account;
  },
  // Where nobody is signed in nothing is asked, or a late answer would undo a sign-in.
  staleTime: ({ state }) => (state.data ? accountStaleAfterMs : Number.POSITIVE_INFINITY),
});

/** Who is signed in; `null` for nobody. Keeps the session fresh while somebody is. */
export function useAccount() {
  const account = useQuery(accountQuery);
  const isSignedIn = Boolean(account.data);
  useEffect(() => {
    if (!isSignedIn) return;
    // What fails here is tried again by the next request that needs it.
    const renew = () => void refreshSession().catch(() => undefined);
    const timer = setInterval(renew, renewEveryMs);
    return () => clearInterval(timer);
  }, [isSignedIn]);
  return account;
}

/** Nobody is signed in any more: nothing of the person stays for whoever comes next. */
export function forgetPerson(queryClient: QueryClient): void {
  // An answer that is still on its way must not bring the person back.
  void queryClient.cancelQueries({ queryKey: accountKey });
  queryClient.setQueryData(accountKey, null);
  forgetWhatIsTheirs(queryClient);
}

function forgetWhatIsTheirs(queryClient: QueryClient): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== accountKey[0] });
}

/** A session is open, or a second factor is due first. */
export type SignInOutcome = { readonly account: Account } | { readonly due: SecondFactorRequired };

/** Opens a session; its tokens stay in cookies that this page cannot read. */
export async function signIn(credentials: { email: string; password: string }): Promise<SignInOutcome> {
  const answer = z.union([loginResponseSchema, secondFactorRequiredSchema]);
  const outcome = await fetchJson(answer, 'POST', '/auth/login', { body: credentials });
  return 'ticket' in outcome ? { due: outcome } : { account: outcome.account };
}

/** The second half of a sign-in. */
export async function showSecondFactor(ticket: string, proof: Proof): Promise<Account> {
  const body = { ticket, proof };
  return (await fetchJson(loginResponseSchema, 'POST', '/auth/login/second-factor', { body })).account;
}

/** Signs in with a passkey alone: it tells who it is of. */
export async function signInWithPasskey(): Promise<Account> {
  const { ticket, options } = await fetchJson(passkeyCeremonySchema, 'POST', '/auth/login/passkey/options');
  const body = { ticket, response: await askForPasskey(options) };
  return (await fetchJson(loginResponseSchema, 'POST', '/auth/login/passkey', { body })).account;
}

/** Makes an account and opens a session. */
export async function register(details: { name: string; email: string; password: string }): Promise<SignInOutcome> {
  await fetchJson(accountSchema, 'POST', '/auth/register', { body: details });
  return signIn({ email: details.email, password: details.password });
}

/** Asks for a link to choose a new password. The answer never tells whether there is an account. */
export async function requestPasswordReset(email: string): Promise<void> {
  await send('POST', '/auth/password/reset-request', { body: { email } });
}

/** Ends the session here and at every service. */
export async function signOut(): Promise<void> {
  try {
    await send('POST', '/auth/logout');
  } catch (error) {
    // A session that has ended by itself is what was asked for.
    if (!(error instanceof RequestFailed && error.status === 401)) throw error;
  }
}
