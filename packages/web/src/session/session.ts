import { useQuery } from '@tanstack/react-query';
import { type Account, accountSchema, loginResponseSchema } from '@todo-chatbot/contracts';
import { useEffect } from 'react';
import { fetchJson, refreshSession, send } from '../api/client.ts';
import { RequestFailed } from '../api/problem.ts';

/** Cache key of the signed-in account. */
export const accountKey = ['account'] as const;

/** The session is renewed in this interval: well within the 30 minutes of an access token. */
const renewEveryMs = 20 * 60_000;

async function loadAccount(): Promise<Account | null> {
  try {
    return await fetchJson(accountSchema, 'GET', '/auth/account');
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in; `null` for nobody. Keeps the session fresh while somebody is. */
export function useAccount() {
  const account = useQuery({ queryKey: accountKey, queryFn: loadAccount, staleTime: Number.POSITIVE_INFINITY });
  const isSignedIn = Boolean(account.data);
  useEffect(() => {
    if (!isSignedIn) return;
    const timer = setInterval(() => void refreshSession(), renewEveryMs);
    return () => clearInterval(timer);
  }, [isSignedIn]);
  return account;
}

/** Opens a session; its tokens stay in cookies that this page cannot read. */
export async function signIn(credentials: { email: string; password: string }): Promise<Account> {
  return (await fetchJson(loginResponseSchema, 'POST', '/auth/login', { body: credentials })).account;
}

/** Makes an account and opens a session. */
export async function register(details: { name: string; email: string; password: string }): Promise<Account> {
  await fetchJson(accountSchema, 'POST', '/auth/register', { body: details });
  return signIn({ email: details.email, password: details.password });
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
