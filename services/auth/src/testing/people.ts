import { createdApiKeySchema, type TokenGrant, userSchema } from '@todo-chatbot/contracts';
import type { PrivilegedRole } from '../domain/administration.ts';
import { emailIndexOf, grantOf, type startAuthOnNewDatabase, uniqueEmail } from './harness.ts';

type World = Awaited<ReturnType<typeof startAuthOnNewDatabase>>;

/** Registers somebody who holds the roles besides `user`, and signs them in. */
export async function signUpAs({ auth, database }: World, ...privileged: PrivilegedRole[]): Promise<TokenGrant> {
  const email = uniqueEmail();
  await auth.register({ email });
  await database.ownerPool.query('UPDATE users SET roles = $1 WHERE email_index = $2', [
    ['user', ...privileged],
    emailIndexOf(email),
  ]);
  return grantOf(await auth.login(email));
}

/** Calls an operation of /v1/users about a person. */
export function actOn(
  { auth }: World,
  actor: Pick<TokenGrant, 'accessToken'>,
  act: 'roles' | 'suspend' | 'reinstate' | 'end-sessions' | 'delete',
  target: Pick<TokenGrant, 'account'>,
  roles: readonly string[] = [],
) {
  const token = actor.accessToken;
  const { id } = target.account;
  if (act === 'delete') return auth.call('DELETE', `/v1/users/${id}`, { token });
  if (act === 'roles') return auth.call('PUT', `/v1/users/roles/${id}`, { token, body: { roles } });
  return auth.call('POST', `/v1/users/${act}/${id}`, { token });
}

/** Makes an API key for the person. */
export async function createKey({ auth }: World, person: Pick<TokenGrant, 'accessToken'>, request: object = {}) {
  const body = { name: 'a program', scopes: ['task.own.read'], ...request };
  const answer = await auth.call('POST', '/v1/api-keys', { token: person.accessToken, body });
  return createdApiKeySchema.parse(answer.body);
}

/** Parses a person. */
export function userOf(answer: { readonly body: unknown }) {
  return userSchema.parse(answer.body);
}
