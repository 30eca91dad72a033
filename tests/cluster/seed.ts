/**
 * `npm run cluster:seed -- [--context NAME] [--url ORIGIN]`: somebody new with a few tasks, on a cluster of one's own, to look around with.
 * Prints how to sign in. Each run makes another person.
 */
import { parseArgs } from 'node:util';
import { namespace } from '@todo-chatbot/manifests';
import { newPerson } from '../support/client.ts';
import { trustEdge } from './kubectl.ts';

const messages = [
  'add buy milk to my shopping list for tomorrow at 5pm',
  'add call the dentist for Friday at 9am',
  'add water the plants',
  'add send the invoice for next Monday',
];

const { values } = parseArgs({
  options: {
    context: { type: 'string', default: 'kind-todo-chatbot' },
    url: { type: 'string', default: 'https://localhost:8443' },
  },
});
await trustEdge({ context: values.context, namespace });
const person = await newPerson(values.url, 'Sample Person');
for (const message of messages) await person.say(message);
console.log(`${values.url}\n  e-mail    ${person.email}\n  password  ${person.password}`);
