/**
 * `npm run bench -- chatTurn [--json]`: the time of a chat turn that creates a task, on a platform of its own, beside what the same machine
 * needs in the same run for a bare call through two sidecars (gateway → task list) and for a request to the public door that does nothing.
 */
import { parseArgs } from 'node:util';
import { startPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson } from '../support/client.ts';
import { unlimited } from '../support/limits.ts';

const warmUpRounds = 30;
const rounds = 200;

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const platform = await startPlatform({ environment: unlimited });
try {
  const person = await newPerson(platform.url);
  const kinds = {
    chatTurn: async (round: number) => void (await person.say(`add errand number ${round}`)),
    sidecarCall: async () => void (await person.call('GET', '/api/v1/services')),
    door: async () => void (await person.call('GET', '/healthz')),
  };
  const samples: Record<string, number[]> = { chatTurn: [], sidecarCall: [], door: [] };
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    for (const [name, run] of Object.entries(kinds)) {
      const startedAt = performance.now();
      await run(round);
      if (round >= warmUpRounds) samples[name]?.push(performance.now() - startedAt);
    }
  }
  const { processes } = await platform.status();
  const rssBytes = processes.reduce((sum, process) => sum + (process.rssBytes ?? 0), 0);
  const result = Object.fromEntries(Object.entries(samples).map(([name, times]) => [name, summary(times)]));
  const median = (name: string) => result[name]?.p50Ms ?? Number.NaN;
  const report = {
    rounds,
    ...result,
    chatTurnPerSidecarCall: round(median('chatTurn') / median('sidecarCall')),
    totalRssMegabytes: Math.round(rssBytes / 1e6),
  };
  if (values.json) console.log(JSON.stringify(report));
  else {
    console.table(result);
    console.log(`chat turn / sidecar call: ${report.chatTurnPerSidecarCall}; memory: ${report.totalRssMegabytes} MB`);
  }
} finally {
  await platform.stop();
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function summary(times: readonly number[]): { p50Ms: number; p95Ms: number; p99Ms: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
