import { randomUUID } from 'node:crypto';
import type { Platform } from '@todo-chatbot/local-platform/testing';
import { call, type Person, signIn, uniqueEmail } from './client.ts';
import { runCommand } from './command.ts';

/** Names the sign-in of the administrator whom the test run's platform began with. */
const variable = 'TODO_CHATBOT_TEST_ADMINISTRATOR';

/** Makes the first administrator of a platform as its operator does: by the local command and the link that it prints. */
export async function newAdministrator({ url, stateDir }: Pick<Platform, 'url' | 'stateDir'>): Promise<Person> {
  const email = uniqueEmail('administrator');
  const password = `Pw1-${randomUUID()}`;
  const args = ['run', '--silent', 'admin:create', '--', '--email', email, '--name', 'First Administrator'];
  const { code, stdout, stderr } = await runCommand(args, { env: { TODO_CHATBOT_STATE: stateDir } });
  const token = /#token=([\w-]{43})/.exec(stdout)?.[1];
  if (code !== 0 || token === undefined) throw new Error(`admin:create ended with ${code}: ${stderr}`);
  const body = { token, newPassword: password };
  const reset = await call(url, 'POST', '/api/v1/auth/password/reset', { body });
  if (reset.status !== 204) throw new Error(`the password was answered ${reset.status}: ${reset.text}`);
  return signIn(url, email, password);
}

/** Makes the administrator whom all test files of a run share, and remembers the sign-in in this process' environment. */
export async function shareAdministrator(platform: Pick<Platform, 'url' | 'stateDir'>): Promise<void> {
  const { email, password } = await newAdministrator(platform);
  process.env[variable] = JSON.stringify([email, password]);
}

/** A fresh session of the administrator whom all test files of a run share. */
export async function sharedAdministrator(url: string): Promise<Person> {
  const [email, password] = JSON.parse(process.env[variable] ?? '[]');
  if (typeof email !== 'string' || typeof password !== 'string')
    throw new Error(`${variable} is not set: run "npm test".`);
  return signIn(url, email, password);
}
