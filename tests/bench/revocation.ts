/**
 * `npm run bench -- revocation [--json] [--people N]`: how long after the administrator's click a suspended person's access token is still
 * taken, at each service (AUTH-11), on a platform of its own. The baseline of the same run is a person's own sign-out.
 */
import { parseArgs } from 'node:util';
import { type AppId, appIds } from '@todo-chatbot/contracts';
import { type PlatformState, startPlatform } from '@todo-chatbot/local-platform/testing';
import { newAdministrator } from '../support/administrator.ts';
import { call, newPerson, type Person } from '../support/client.ts';
import { guardedOperations } from '../support/guardedOperations.ts';
import { unlimited } from '../support/limits.ts';

/** A token that is still taken after this long has been forgotten. */
const deadlineMs = 10_000;
const warmUpPeople = 3;

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, people: { type: 'string', default: '40' } },
});
const platform = await startPlatform({ environment: unlimited });
try {
  const state = await platform.state();
  const administrator = await newAdministrator(platform);
  const samples = { suspension: emptySamples(), signOut: emptySamples() };
  for (let round = 0; round < Number(values.people) + warmUpPeople; round += 1) {
    const acts = {
      suspension: (person: Person) => administrator.call('POST', `/api/v1/admin/users/${person.userId}/suspend`),
      signOut: (person: Person) => person.call('POST', '/api/v1/auth/logout'),
    };
    for (const name of ['suspension', 'signOut'] as const) {
      const times = await timesUntilRefused(state, await newPerson(platform.url), acts[name]);
      if (round < warmUpPeople) continue;
      for (const appId of appIds) samples[name][appId].push(times[appId]);
    }
  }
  const report = {
    people: Number(values.people),
    suspension: summaries(samples.suspension),
    signOut: summaries(samples.signOut),
  };
  if (values.json) console.log(JSON.stringify(report));
  else {
    console.log('Milliseconds from the answer to the administrator until the service refuses:');
    console.table(report.suspension);
    console.log('The same from a sign-out:');
    console.table(report.signOut);
  }
} finally {
  await platform.stop();
}

/** Asks every service over and over, side by side, from the moment the act is answered until the token is refused. */
async function timesUntilRefused(
  { apps, url }: PlatformState,
  person: Person,
  act: (person: Person) => Promise<{ status: number; text: string }>,
): Promise<Record<AppId, number>> {
  const answer = await act(person);
  if (answer.status >= 300) throw new Error(`the act was answered ${answer.status}: ${answer.text}`);
  const startedAt = performance.now();
  const untilRefused = async (send: () => Promise<{ status: number }>): Promise<number> => {
    for (;;) {
      const askedAt = performance.now();
      const { status } = await send();
      if (status === 401) return askedAt - startedAt;
      if (askedAt - startedAt > deadlineMs) return Number.POSITIVE_INFINITY;
    }
  };
  const times = guardedOperations.map(async ({ appId, method, path, body }) => {
    const { appPort, appApiToken } = apps[appId];
    const headers = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway' };
    const options = { token: person.token, headers, ...(body === undefined ? {} : { body }) };
    const time = await untilRefused(() => call(`http://127.0.0.1:${appPort}`, method, path, options));
    return [appId, time] as const;
  });
  const door = untilRefused(() => call(url, 'GET', '/api/v1/services', { token: person.token }));
  return { ...emptyTimes(), ...Object.fromEntries(await Promise.all(times)), 'chat-gateway': await door };
}

function emptyTimes(): Record<AppId, number> {
  return { auth: 0, 'chat-gateway': 0, task: 0, booking: 0, guardrail: 0, audit: 0 };
}

function emptySamples(): Record<AppId, number[]> {
  return { auth: [], 'chat-gateway': [], task: [], booking: [], guardrail: [], audit: [] };
}

function summaries(samples: Record<AppId, number[]>) {
  const all = Object.values(samples).flat();
  return Object.fromEntries(
    [...Object.entries(samples), ['every service', all] as const].map(([name, times]) => {
      const sorted = [...times].sort((a, b) => a - b);
      const at = (share: number) =>
        Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
      return [name, { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) }];
    }),
  );
}
