import { readFileSync } from 'node:fs';
import { checkpointTopic } from '@todo-chatbot/contracts';
import type { Clock, Logger } from '@todo-chatbot/service-kit';
import { parseWitnessKey } from '@todo-chatbot/transparency-log';
import type { Pool } from 'pg';
import { createFileAnchor } from './adapters/fileAnchor.ts';
import { createHttpWitness } from './adapters/httpWitness.ts';
import { createKafkaAnchor } from './adapters/kafkaAnchor.ts';
import type { createKafka } from './adapters/kafkaEventSource.ts';
import { createPostgresPublicationStore } from './adapters/postgresPublicationStore.ts';
import { createAnchoring } from './commands/anchorCheckpoints.ts';
import { createPublisher } from './commands/publisher.ts';
import type { Config } from './config.ts';
import type { SignalSink } from './ports/signals.ts';

/** A file for each month stays small, and a check of all that was anchored quick. */
const fileIntervalMs = 10_000;
/** Every publication: there are two in a second at most. */
const kafkaIntervalMs = 0;

/** The part of the composition root that has checkpoints cosigned, published and anchored. */
export function buildPublication(parts: {
  readonly config: Config;
  readonly pool: Pool;
  readonly kafka: ReturnType<typeof createKafka>;
  readonly signals: SignalSink;
  readonly clock: Clock;
  readonly logger: Logger;
}) {
  const { config, pool, kafka, signals, clock, logger } = parts;
  const witness = createHttpWitness({ url: config.WITNESS_URL, ca: readFileSync(config.WITNESS_CA_FILE, 'utf8') });
  const topic = { kafka, topic: checkpointTopic, origin: config.LOG_ORIGIN };
  const anchorings = [
    createAnchoring({ anchor: createKafkaAnchor(topic), intervalMs: kafkaIntervalMs, logger }),
    createAnchoring({ anchor: createFileAnchor(config.ANCHOR_FOLDER), intervalMs: fileIntervalMs, logger }),
  ];
  const publisher = createPublisher({
    store: createPostgresPublicationStore(pool),
    witness,
    witnessKey: parseWitnessKey(config.WITNESS_VERIFIER_KEY),
    onPublished: (publication) => {
      for (const anchoring of anchorings) anchoring.offer(publication);
    },
    signals,
    clock,
    logger,
  });
  return {
    start: () => publisher.start(),
    async close(): Promise<void> {
      await publisher.close();
      await Promise.all(anchorings.map((anchoring) => anchoring.close()));
      witness.close();
    },
  };
}
