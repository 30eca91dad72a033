/**
 * Measures what sealing costs: `npm run bench -- sealing [--rounds 300] [--json]`. Tasks go through the task service over HTTP on a
 * PostgreSQL of its own, without sidecars, which would make the share smaller; keys come from `auth` in the same way. In each round the same
 * values are sealed and opened once more by themselves: their time, over that of the request, is the share. All in turns, so that other
 * load on the machine meets both alike. The databases are a test's: they do not wait for the disk.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { inspect, parseArgs } from 'node:util';
import { newId, type Task, taskSchema } from '@todo-chatbot/contracts';
import { createPersonBox, type PersonBox, scopeKey, sealJson } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { grantOf, startAuthOnNewDatabase, uniqueEmail } from '../../services/auth/src/testing/harness.ts';
import { startTaskService } from '../../services/task/src/testing/taskService.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '300' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
/** Rounds whose times do not count: code is compiled, connections are opened. */
const warmUpRounds = 30;
/** Tasks on the page that is read. */
const pageSize = 100;
/** Operations in one sample of a single one, which alone would be shorter than the clock can tell. */
const operationsPerSample = 200;
const rowPlace = (column: string, row: string) => ({ field: `tasks.${column}`, row });

const service = await startTaskService();
const world = await startAuthOnNewDatabase();
try {
  const person = await service.signIn();
  const box = service.dataKeys.boxOf(person.userId, 'task');
  const newsBox = service.dataKeys.boxOf(person.userId, 'task.events');
  for (let index = 0; index < pageSize; index += 1) await createTask();
  const page = await readPage();
  const sealedPage = page.map((task) => ({
    id: task.id,
    title: box.seal(rowPlace('title', task.id), task.title),
    listName: box.seal(rowPlace('list', task.id), task.listName),
  }));
  const askForKeys = await keyFetcher();

  const samples = new Map<string, number[]>();
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const sample = async (name: string, work: () => unknown, times = 1) => {
      const startedAt = performance.now();
      for (let index = 0; index < times; index += 1) await work();
      const micros = ((performance.now() - startedAt) * 1000) / times;
      if (round >= 0) samples.set(name, [...(samples.get(name) ?? []), micros]);
    };
    let task: Task | undefined;
    await sample('write', async () => {
      task = await createTask();
    });
    await sample('sealsOfWrite', () => task && sealAsWritten(task));
    await sample('read', readPage);
    await sample('opensOfRead', () => openAsRead(sealedPage));
    await sample('keyFetch', askForKeys);
    const place = rowPlace('title', 'tsk_bench');
    const sealed = box.seal(place, 'Buy milk and bread on the way home');
    await sample('seal', () => box.seal(place, 'Buy milk and bread on the way home'), operationsPerSample);
    await sample('open', () => box.open(place, sealed), operationsPerSample);
    await sample('index', () => box.index('tasks.list', 'groceries'), operationsPerSample);
    await sample('boxFromKey', makeBox, operationsPerSample);
  }

  const median = (name: string) =>
    (samples.get(name) ?? []).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  const share = (part: string, whole: string) => `${((100 * median(part)) / median(whole)).toFixed(1)} %`;
  const micros = (name: string) => Math.round(median(name) * 10) / 10;
  const report = {
    rounds,
    sealingPerTaskCreated: share('sealsOfWrite', 'write'),
    [`openingPerPageOf${pageSize}`]: share('opensOfRead', 'read'),
    keyFetchPerTaskCreated: share('keyFetch', 'write'),
    medianMicros: Object.fromEntries([...samples.keys()].map((name) => [name, micros(name)])),
  };
  console.log(values.json ? JSON.stringify(report) : inspect(report, { breakLength: 100 }));

  async function createTask(): Promise<Task> {
    const body = { title: `Buy milk and bread, ${randomBytes(8).toString('hex')}`, listName: 'Groceries' };
    const answer = await service.call({ method: 'POST', path: '/v1/tasks', as: person, body, key: randomUUID() });
    return taskSchema.parse(answer.body);
  }

  async function readPage(): Promise<readonly Task[]> {
    const answer = await service.call({ method: 'GET', path: `/v1/tasks?limit=${pageSize}`, as: person });
    return z.object({ items: z.array(taskSchema).length(pageSize) }).parse(answer.body).items;
  }

  /** What a creation seals and opens: its row, the list by its index, the kept answer and the event. */
  function sealAsWritten(task: Task): void {
    box.index('lists.name', task.listName);
    box.seal(rowPlace('title', task.id), task.title);
    box.open(rowPlace('list', task.id), box.seal(rowPlace('list', task.id), task.listName));
    sealJson(box, rowPlace('answer', task.id), task);
    sealJson(newsBox, { field: 'task.created.v2', row: task.id }, task);
  }

  /** What a page opens: the title of each task, and the name of the one list that they are in. */
  function openAsRead(rows: typeof sealedPage): void {
    for (const [index, { id, title, listName }] of rows.entries()) {
      box.open(rowPlace('title', id), title);
      if (index === 0) box.open(rowPlace('list', id), listName);
    }
  }
} finally {
  await world.close();
  await service.close();
}

/** Asks `auth` for a person's keys, as a service does once a minute for everybody who is here. */
async function keyFetcher(): Promise<() => Promise<unknown>> {
  const email = uniqueEmail();
  await world.auth.register({ email });
  const { id } = grantOf(await world.auth.login(email)).account;
  return () => world.auth.call('GET', `/v1/data-keys/${id}`, { caller: 'task' });
}

/** What a service does with a key that it has just got. */
function makeBox(): PersonBox {
  return createPersonBox({ personId: newId('user'), scope: 'task', key: scopeKey(new Uint8Array(32), 'task') });
}
