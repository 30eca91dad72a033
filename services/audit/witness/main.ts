import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createCosigner, parseVerifierKey, verifierKeyOf } from '@todo-chatbot/transparency-log';
import { followCertificate, readCertificate } from './certificate.ts';
import { createCheckpointStore } from './checkpointStore.ts';
import { loadConfig } from './config.ts';
import { log, problemOf } from './log.ts';
import { createWitnessServer } from './server.ts';
import { createWitness } from './witness.ts';

/** A request under way takes milliseconds. */
const shutdownMs = 5_000;

function fail(message: string, error: unknown): never {
  log('fatal', message, { problem: problemOf(error) });
  process.exit(1);
}

process.on('uncaughtException', (error) => fail('a fault that nobody caught ends the witness', error));
process.on('unhandledRejection', (error) => fail('a fault that nobody caught ends the witness', error));

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const cosigner = createCosigner(config.WITNESS_NAME, createPrivateKey(await readFile(config.KEY_FILE, 'utf8')));
  const witness = await createWitness({
    log: parseVerifierKey(config.LOG_VERIFIER_KEY),
    cosigner,
    store: createCheckpointStore(config.STORE_FILE),
    now: Date.now,
  });
  const files = { certificate: config.TLS_CERTIFICATE_FILE, privateKey: config.TLS_KEY_FILE };
  const served = await readCertificate(files);
  const server = createWitnessServer({
    witness,
    served,
    // What is on the disk is no longer known: only a new start, from what the store says, is safe.
    onFailure: (error) => fail('the witness cannot go on', error),
  });
  server.listen(config.PORT, config.LISTEN_ADDRESS);
  await once(server, 'listening');
  log('info', 'the witness is open', { port: config.PORT, verifierKey: verifierKeyOf(cosigner) });

  const certificates = followCertificate({
    server,
    files,
    served,
    onFault: (error) => log('warn', 'the certificate could not be renewed', { problem: problemOf(error) }),
  });

  const stop = () => {
    certificates.close();
    setTimeout(() => process.exit(1), shutdownMs).unref();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

await start().catch((error: unknown) => fail('the witness could not start', error));
