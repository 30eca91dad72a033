/**
 * `npm run cluster:smoke -- [--context NAME] [--url ORIGIN]`: whether the platform in a cluster works: every pod ready and with its sidecar,
 * somebody registers, signs in, writes one message through the edge, and finds the task that it made. Exit code 1 on any fault.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { newPerson } from '../support/client.ts';
import { waitFor } from '../support/waitFor.ts';
import { faultsOfPods, podListSchema } from './faultsOfPods.ts';
import { clusterOptions, kubectlJson, trustEdge } from './kubectl.ts';

/** From a `kubectl apply` to the last pod that is ready, images pulled. */
const podsDeadlineMs = 600_000;

const { cluster, url } = clusterOptions();

let faults: readonly string[] = [];
await waitFor(
  'pods that are ready',
  async () => {
    faults = faultsOfPods(podListSchema.parse(await kubectlJson(cluster, 'get', 'pods')));
    return faults.length === 0 ? true : undefined;
  },
  { deadlineMs: podsDeadlineMs, everyMs: 5_000 },
).catch(() => undefined);
for (const fault of faults) console.error(fault);
assert.equal(faults.length, 0, 'Not every pod is as it should be.');

await trustEdge(cluster);
const person = await newPerson(url);
const title = `errand ${randomUUID().replaceAll(/[\d-]/g, '')}`;
const answer = await person.say(`add ${title}`);
assert.equal(answer.intent, 'add_task', answer.reply);
assert.ok(
  (await person.tasks()).some((task) => task.title === title),
  'The task that the message made is not in the list.',
);
console.log(`${url} works: pods and sidecars are ready, a message became a task.`);
