/**
 * Measures what one more verification of an access token costs, with its signature checked each time and with verified tokens
 * remembered: `node tests/bench/tokenVerification.ts [--json]`. Both in the same run, so that the ratio means something on any machine.
 */
import { inspect, parseArgs } from 'node:util';
import { newId } from '@todo-chatbot/contracts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTokenVerifier, type TokenVerifier } from '../../packages/service-kit/src/security/tokenVerifier.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const issuer = 'https://todo-chatbot.bench';
const audience = 'todo-chatbot-bench';
/** As many people at once as one process serves. */
const people = 200;
const verifications = 10_000;
/** Turns about, so that a slow minute of the machine falls on both. */
const rounds = 6;

const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 3072 });
const kid = (await exportJWK(publicKey)).n?.slice(0, 43) ?? '';
const tokens = await Promise.all(Array.from({ length: people }, makeToken));

const verifierWith = (remembered: number) =>
  createTokenVerifier({
    issuer,
    audience,
    keys: { keyFor: async () => publicKey },
    denySet: { denies: () => false },
    clock: { now: () => new Date() },
    remembered,
  });
const withCache = verifierWith(people);
const withoutCache = verifierWith(0);

await measure(withCache, people);
await measure(withoutCache, people);
const micros = { withCache: 0, withoutCache: 0 };
for (let round = 0; round < rounds; round += 1) {
  micros.withoutCache += await measure(withoutCache, verifications / rounds);
  micros.withCache += await measure(withCache, verifications / rounds);
}
micros.withCache /= rounds;
micros.withoutCache /= rounds;

const rounded = (value: number) => Math.round(value * 10) / 10;
const result = {
  cpuMicrosPerVerificationWithCache: rounded(micros.withCache),
  cpuMicrosPerVerificationWithoutCache: rounded(micros.withoutCache),
  ratio: rounded(micros.withoutCache / micros.withCache),
};
console.log(values.json ? JSON.stringify(result) : inspect(result, { breakLength: 100 }));

/** CPU time of one verification, in microseconds: other processes take from the clock on the wall, not from this. */
async function measure(verifier: TokenVerifier, count: number): Promise<number> {
  const begin = process.cpuUsage();
  for (let index = 0; index < count; index += 1) await verifier.verify(tokens[index % people] ?? '');
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / Math.floor(count);
}

function makeToken(): Promise<string> {
  return new SignJWT({ sid: newId('session'), roles: ['user'], ver: 0, auth_time: Math.floor(Date.now() / 1000) })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(newId('user'))
    .setJti(newId('token'))
    .setIssuedAt()
    .setExpirationTime('30m')
    .sign(privateKey);
}
