// What compose.yaml and compose.setup.yaml run of the platform: `setup` once before everything, `topics` once the broker is up, `tokens` all along.
import { readFile } from 'node:fs/promises';
import { containers } from '@todo-chatbot/manifests';
import { composeLayout } from './compose/layout.ts';
import { setUpContainers } from './compose/setUp.ts';
import { readCredentials } from './credentials.ts';
import { tokenRenewalMs, writeIdentityTokens } from './dapr/identity.ts';
import { reconcileKafka } from './kafka/administration.ts';
import { adminName } from './kafka/broker.ts';
import { readMails } from './mailFolder.ts';
import { readCertificate } from './platformPki.ts';

/** The newest; older ones stay in the folder. */
const shownMails = 20;
const exitCodes = { usage: 2, stopped: 143 } as const;

/** Each prints nothing but what it is asked for: `setup` the file `.env`. */
const commands: Readonly<Record<string, () => Promise<void>>> = {
  setup: async () => {
    process.stdout.write(await setUpContainers());
  },
  topics: async () => {
    const layout = composeLayout();
    const { host, adminPort } = containers.kafka;
    const ca = await readFile(layout.serverCaFile, 'utf8');
    await reconcileKafka({ broker: `${host}:${adminPort}`, ca, identity: await readCertificate(layout, adminName) });
  },
  mails: async () => {
    for (const { writtenAt, to, subject, text } of await readMails(composeLayout().mailDir, shownMails))
      console.log(`${writtenAt.toISOString()} to ${to}: ${subject}\n${text}\n`);
  },
  tokens: async () => {
    const layout = composeLayout();
    const { identitySigningKey } = await readCredentials(layout.secretsDir);
    const write = () => writeIdentityTokens(layout, identitySigningKey, new Date());
    await write();
    setInterval(() => {
      write().catch((error: unknown) => console.error('The identity tokens could not be renewed:', error));
    }, tokenRenewalMs);
  },
};

// The first process of a container ignores signals that it does not handle.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(exitCodes.stopped));
const [name = ''] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) await command();
else {
  console.error(`Usage: composeCommand.ts <${Object.keys(commands).join('|')}>`);
  process.exitCode = exitCodes.usage;
}
