/**
 * `npm run cluster:seed -- [--context NAME] [--url ORIGIN]`: somebody new with a few tasks, on a cluster of one's own, to look around with.
 * Prints how to sign in. Each run makes another person.
 */
import { newPerson } from '../support/client.ts';
import { clusterOptions, trustEdge } from './kubectl.ts';

const messages = [
  'add buy milk to my shopping list for tomorrow at 5pm',
  'add call the dentist for Friday at 9am',
  'add water the plants',
  'add send the invoice for next Monday',
];

const { cluster, url } = clusterOptions();
await trustEdge(cluster);
const person = await newPerson(url, 'Sample Person');
for (const message of messages) await person.say(message);
console.log(`${url}\n  e-mail    ${person.email}\n  password  ${person.password}`);
