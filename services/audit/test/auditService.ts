import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { type Person, startTestService } from '@todo-chatbot/local-platform/testing';
import { systemClock } from '@todo-chatbot/service-kit';
import { createCosigner, createNoteSigner, verifierKeyOf } from '@todo-chatbot/transparency-log';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { build } from '../src/build.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { configSchema } from '../src/config.ts';

/** Name of the log in tests. */
export const origin = 'log.example/test';

/** The whole service on a database of its own; the broker does not answer, nor does the witness unless the environment names one. */
export async function startAuditService({
  environment = {},
  checkpointKey = newCheckpointKey(),
}: {
  readonly environment?: Readonly<Record<string, string>>;
  /** PKCS #8 PEM. */
  readonly checkpointKey?: string;
} = {}) {
  const service = await startTestService({
    service: 'audit',
    configSchema,
    build,
    clock: systemClock,
    environment: ({ connection }) => ({
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_CA_FILE: connection.caFile,
      LOG_ORIGIN: origin,
      WITNESS_URL: 'https://127.0.0.1:1',
      WITNESS_CA_FILE: connection.caFile,
      WITNESS_VERIFIER_KEY: verifierKeyOf(
        createCosigner('witness.example/test', generateKeyPairSync('ed25519').privateKey),
      ),
      ANCHOR_FOLDER: tmpdir(),
      ...environment,
    }),
    secrets: { 'audit-kafka': { password: randomUUID() }, 'audit-checkpoint-key': { privateKey: checkpointKey } },
  });
  const signer = createNoteSigner(origin, createPrivateKey(checkpointKey));
  return {
    ...service,
    signer,
    /** A second writer on the same log, to put entries there. */
    writer: createLogWriter({ store: createPostgresLogStore(service.database.pool), signer, clock: systemClock }),
    /** Reads as the gateway does; `as: null` without a token. */
    get: (path: string, as: Person | null, headers: Record<string, string> = {}) =>
      service.call({ method: 'GET', path, as, headers }),
  };
}

/** An Ed25519 key as the secret store holds it. */
export function newCheckpointKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
