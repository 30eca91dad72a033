import { createHmac } from 'node:crypto';
import {
  accessGrantSchema,
  factorsSchema,
  passkeyCeremonySchema,
  recoveryCodesSchema,
  secondFactorRequiredSchema,
  totpEnrolmentSchema,
} from '@todo-chatbot/contracts';
import { z } from 'zod';
import { grantOf, type startAuth, uniqueEmail } from './harness.ts';
import { createSoftAuthenticator, type Deviations, type SoftAuthenticator } from './softAuthenticator.ts';

type Auth = Awaited<ReturnType<typeof startAuth>>;

/** The site that passkeys of tests belong to; `PUBLIC_ORIGIN` of the harness. */
export const siteOrigin = 'http://localhost:8080';
/** Length of a time step of RFC 6238. */
export const stepMs = 30_000;

/** A new person who has just signed in with the password. */
export async function newPerson(auth: Auth) {
  const email = uniqueEmail();
  await auth.register({ email });
  const grant = grantOf(await auth.login(email));
  return { email, userId: grant.account.id, token: grant.accessToken, sessionId: grant.sessionId, grant };
}

/** TOTP of a base32 secret (RFC 6238), written from the RFC and not with the library that checks it. */
export function totpCode(secret: string, now: Date, stepsAway = 0): string {
  const bits = [...secret].map((digit) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0'),
  );
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / stepMs) + stepsAway));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const value = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

/** Sets TOTP up and moves the clock on, because the step of the first code is used up. */
export async function enrolTotp(auth: Auth, token: string) {
  const { secret } = totpEnrolmentSchema.parse((await auth.call('POST', '/v1/factors/totp', { token })).body);
  const code = (stepsAway = 0) => totpCode(secret, auth.clock.now(), stepsAway);
  const confirmed = await auth.call('POST', '/v1/factors/totp/confirm', { token, body: { oneTimeCode: code() } });
  const { recoveryCodes } = recoveryCodesSchema.parse(confirmed.body);
  auth.clock.advance(stepMs);
  return { secret, recoveryCodes, code };
}

/** Asks for a ceremony. */
export async function ceremony(auth: Auth, path: string, token?: string) {
  const answer = await auth.call('POST', path, token === undefined ? {} : { token });
  return passkeyCeremonySchema.parse(answer.body);
}

/** Registers the authenticator's passkey, in whatever way; answers what the service says. */
export async function addPasskey(
  auth: Auth,
  options: { readonly token: string; readonly authenticator: SoftAuthenticator; readonly deviations?: Deviations },
) {
  const { token, authenticator, deviations } = options;
  const started = await ceremony(auth, '/v1/factors/passkey-options', token);
  const response = authenticator.register(started.options, deviations);
  const body = { ticket: started.ticket, name: 'Laptop', response };
  return auth.call('POST', '/v1/factors/passkeys', { token, body });
}

/** A new person with a passkey. */
export async function newPersonWithPasskey(auth: Auth, counts = true) {
  const person = await newPerson(auth);
  const authenticator = createSoftAuthenticator({ origin: siteOrigin, counts });
  await addPasskey(auth, { token: person.token, authenticator });
  return { ...person, authenticator };
}

/** A new person with TOTP. */
export async function newPersonWithTotp(auth: Auth) {
  const person = await newPerson(auth);
  return { ...person, totp: await enrolTotp(auth, person.token) };
}

/** The right password of an account with a second factor: what is due next. */
export async function passPassword(auth: Auth, email: string) {
  return secondFactorRequiredSchema.parse((await auth.login(email)).body);
}

/** Sends the second half of a sign-in. */
export function passSecondFactor(auth: Auth, ticket: string, proof: unknown) {
  return auth.call('POST', '/v1/login/second-factor', { body: { ticket, proof } });
}

/** Sends a step-up. */
export function stepUp(auth: Auth, token: string, proof: unknown) {
  return auth.call('POST', '/v1/step-up', { token, body: { proof } });
}

/** The access token of a step-up. */
export function accessTokenOf(answer: { readonly body: unknown }): string {
  return accessGrantSchema.parse(answer.body).accessToken;
}

/** The person's factors. */
export async function factorsOf(auth: Auth, token: string) {
  return factorsSchema.parse((await auth.call('GET', '/v1/factors', { token })).body);
}

const claimsSchema = z.object({ roles: z.array(z.string()), ver: z.number(), auth_time: z.number() });

/** Claims of an access token, unverified. */
export function claimsOf(token: string) {
  return claimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
}
