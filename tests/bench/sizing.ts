/**
 * `npm run bench -- sizing [--json]`: what each process of the platform takes of processor and memory, at rest, per chat turn and per sign-in:
 * the figures behind `packages/manifests/src/workloads.ts` and `docs/operations/scale.md`. Linux alone, whose kernel says what a process used.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Platform, startPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson, type Person, signIn } from '../support/client.ts';
import { unlimited } from '../support/limits.ts';

/** Enough people that one person's turns, which wait for each other, are no bound; the machine's cores are. */
const people = 8;
const warmUpTurns = 15;
const turnsOfEach = 60;
const signInsOfEach = 5;
const restMs = 20_000;
/** What a load leaves behind (relays, the log, its publication) is its cost, too. */
const settleMs = 3_000;
/** `USER_HZ`, fixed at 100 on every Linux that Node runs on. */
const millisecondsPerTick = 10;

/** Of one process: milliseconds of processor so far, bytes of memory now. */
interface Use {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const platform = await startPlatform({ environment: unlimited });
try {
  const persons: Person[] = [];
  for (let index = 0; index < people; index += 1) persons.push(await newPerson(platform.url));
  const turns = (count: number) =>
    Promise.all(
      persons.map(async (person) => {
        for (let turn = 0; turn < count; turn += 1) await person.say(`add errand number ${turn}`);
      }),
    );
  await turns(warmUpTurns);
  await delay(settleMs);

  const rest = await during(platform, () => delay(restMs));
  const chat = await during(platform, async () => {
    await turns(turnsOfEach);
    await delay(settleMs);
  });
  const signIns = await during(platform, async () => {
    await Promise.all(
      persons.map(async ({ email, password }) => {
        for (let time = 0; time < signInsOfEach; time += 1) await signIn(platform.url, email, password);
      }),
    );
    await delay(settleMs);
  });
  const rows = Object.fromEntries(
    Object.keys(rest.used).map((name) => {
      const atRest = (rest.used[name]?.cpuMs ?? Number.NaN) / rest.elapsedMs;
      const per = ({ used, elapsedMs }: typeof rest, count: number) =>
        tenths(((used[name]?.cpuMs ?? Number.NaN) - atRest * elapsedMs) / count);
      return [
        name,
        {
          restMilliCores: Math.round(atRest * 1000),
          cpuMsPerTurn: per(chat, people * turnsOfEach),
          cpuMsPerSignIn: per(signIns, people * signInsOfEach),
          restMegabytes: megabytes(rest.used[name]?.rssBytes),
          busyMegabytes: megabytes(chat.used[name]?.rssBytes),
        },
      ];
    }),
  );
  const turnsPerSecond = tenths((people * turnsOfEach * 1000) / (chat.elapsedMs - settleMs));
  if (values.json) console.log(JSON.stringify({ turnsPerSecond, processes: rows }));
  else {
    console.table(rows);
    console.log(`${turnsPerSecond} chat turns a second with everything, load included, on this machine`);
  }
} finally {
  await platform.stop();
}

async function during(
  { status }: Platform,
  work: () => Promise<unknown>,
): Promise<{ readonly elapsedMs: number; readonly used: Readonly<Record<string, Use>> }> {
  const before = await useOfAll(status);
  const startedAt = performance.now();
  await work();
  const elapsedMs = performance.now() - startedAt;
  const after = await useOfAll(status);
  const used = Object.fromEntries(
    Object.entries(after).map(([name, { cpuMs, rssBytes }]) => [
      name,
      { cpuMs: cpuMs - (before[name]?.cpuMs ?? Number.NaN), rssBytes },
    ]),
  );
  return { elapsedMs, used };
}

async function useOfAll(status: Platform['status']): Promise<Record<string, Use>> {
  const { processes } = await status();
  return Object.fromEntries(
    processes.map(({ name, pid, rssBytes }) => {
      if (pid === null) throw new Error(`${name} does not run`);
      return [name, { cpuMs: cpuMsOf(pid), rssBytes: rssBytes ?? Number.NaN }];
    }),
  );
}

/** Of the process and its children: PostgreSQL is a family of processes, whose connections stay open here. */
function cpuMsOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [String(pid), ...children].reduce((sum, one) => sum + ticksOf(one), 0) * millisecondsPerTick;
}

function ticksOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in field 2 is in brackets and may hold spaces; 14 and 15 are the ticks in user and kernel mode, 16 and 17 of ended children.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  } catch (error) {
    // A child that ended; its ticks are in its parent's.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

function megabytes(bytes = Number.NaN): number {
  return Math.round(bytes / 1e6);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
