import { unprivilegedAccount } from '../account.ts';
import type { ProgressReporter } from '../progress.ts';
import { ensureDapr } from './dapr.ts';
import { findJava } from './java.ts';
import { kafkaVersion, zipkinVersion } from './layout.mjs';
import { ensureKafka, ensureZipkin } from './maven.ts';
import { postgresHomeFor } from './postgres.ts';

/** The third-party parts of the platform; all paths are absolute. */
export interface Artifacts {
  daprd: string;
  sentry: string;
  /** Empty when a stock installation of Dapr without placement is used. */
  placement: string;
  java: string;
  /** For `java -cp`; ends in an asterisk that Java expands. */
  kafkaClasspath: string;
  /** For `java -jar`. */
  zipkinJar: string;
  /** Readable for the account that {@link unprivilegedAccount} names. */
  postgresBinDir: string;
  /** By part: dapr, daprOrigin, java, kafka, zipkin, postgres. */
  versions: Record<string, string>;
}

/**
 * Provides every third-party part: what the cache holds is used as it is, without network access and in milliseconds; what is
 * missing is fetched or built, side by side. Throws an ArtifactError that says what to do.
 */
export async function ensureArtifacts(options: {
  cacheDir: string;
  progress: ProgressReporter;
  /** Folder with stock daprd and sentry, 1.18.2 or newer. Unset: those of `dapr init --slim`, or else our own build. */
  daprBinDir?: string;
}): Promise<Artifacts> {
  const { cacheDir, progress, daprBinDir } = options;
  const java = await findJava(process.env);

  const abort = new AbortController();
  const { signal } = abort;
  /** The first failure is the one to report. The others stop, instead of holding it back for minutes. */
  const together = <T>(label: string, run: (detail: (text: string) => void) => Promise<T>): Promise<T> =>
    progress.step(label, run).catch((error: unknown) => {
      abort.abort();
      throw error;
    });

  const parts = [
    together('Dapr', (detail) => ensureDapr({ cacheDir, daprBinDir, detail, signal })),
    together('Kafka', (detail) => ensureKafka({ cacheDir, detail, signal })),
    together('Zipkin', (detail) => ensureZipkin({ cacheDir, detail, signal })),
    together('PostgreSQL', async (detail) => postgresHomeFor(await unprivilegedAccount(), { cacheDir, detail })),
  ] as const;
  try {
    const [dapr, kafkaClasspath, zipkinJar, postgres] = await Promise.all(parts);
    return {
      daprd: dapr.daprd,
      sentry: dapr.sentry,
      placement: dapr.placement,
      java: java.path,
      kafkaClasspath,
      zipkinJar,
      postgresBinDir: postgres.binDir,
      versions: {
        dapr: dapr.version,
        daprOrigin: dapr.origin,
        java: java.version,
        kafka: kafkaVersion,
        zipkin: zipkinVersion,
        postgres: postgres.version,
      },
    };
  } finally {
    // Nothing goes on in the background once the caller has its answer.
    await Promise.allSettled(parts);
  }
}
