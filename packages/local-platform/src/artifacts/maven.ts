import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ensureCachedFolder } from './cachedFolder.ts';
import { cacheLayout, kafkaSourceDir, readChecksums, whatIsCached, zipkinSourceDir, zipkinVersion } from './layout.mjs';
import { ArtifactError, runCommand } from './runCommand.ts';

/** Kafka with Zipkin is 140 MB; on a slow line of 2 Mbit/s that is ten minutes. */
const FETCH_TIMEOUT_SECONDS = 1800;

export interface MavenOptions {
  cacheDir: string;
  detail: (text: string) => void;
  signal: AbortSignal;
}

/** Returns the class path for `java -cp`. The asterisk is for Java, not for a shell. */
export async function ensureKafka({ cacheDir, detail, signal }: MavenOptions): Promise<string> {
  const folder = await ensureCachedFolder({
    folder: cacheLayout(cacheDir).kafka,
    isComplete: () => whatIsCached(cacheDir).kafka,
    fill: async (draft) => {
      const incoming = join(draft, 'incoming');
      await copyJars({ name: 'Kafka', sourceDir: kafkaSourceDir, target: incoming, detail, signal });
      await rename(incoming, join(draft, 'lib'));
    },
    detail,
  });
  return join(folder, 'lib', '*');
}

/** Returns the path of the jar for `java -jar`. */
export async function ensureZipkin({ cacheDir, detail, signal }: MavenOptions): Promise<string> {
  const folder = await ensureCachedFolder({
    folder: cacheLayout(cacheDir).zipkin,
    isComplete: () => whatIsCached(cacheDir).zipkin,
    fill: (draft) => copyJars({ name: 'Zipkin', sourceDir: zipkinSourceDir, target: draft, detail, signal }),
    detail,
  });
  return join(folder, `zipkin-server-${zipkinVersion}-slim.jar`);
}

/** Maven does the fetching, by the pom.xml of the folder; jars.sha256 beside it decides whether the result is what we meant. */
async function copyJars(options: {
  name: string;
  sourceDir: string;
  target: string;
  detail: (text: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { name, sourceDir, target, detail, signal } = options;
  detail('fetching with Maven');
  await runCommand({
    command: 'mvn',
    args: [
      '--batch-mode',
      '--quiet',
      '--strict-checksums',
      `--file=${join(sourceDir, 'pom.xml')}`,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${target}`,
    ],
    timeoutSeconds: FETCH_TIMEOUT_SECONDS,
    attempt: `Fetching ${name} with Maven`,
    advice:
      'check that Maven is installed and reaches Maven Central (or the mirror in ~/.m2/settings.xml), then start again.',
    signal,
    onLine: detail,
  });
  detail('comparing checksums');
  await verifyJars({ name, folder: target, expected: readChecksums(sourceDir) });
}

async function verifyJars(options: {
  name: string;
  folder: string;
  expected: { sha256: string; name: string }[];
}): Promise<void> {
  const expected = new Map(options.expected.map((jar) => [jar.name, jar.sha256]));
  const faults: string[] = [];
  for (const jar of await readdir(options.folder)) {
    const path = join(options.folder, jar);
    const sha256 = expected.get(jar);
    expected.delete(jar);
    if (sha256 === undefined) faults.push(`${jar} is not in jars.sha256`);
    else if (sha256 !== (await sha256Of(path))) faults.push(`${jar} has another checksum than jars.sha256 says`);
    await chmod(path, 0o644);
  }
  faults.push(...[...expected.keys()].map((jar) => `${jar} is missing`));
  if (faults.length === 0) return;
  throw new ArtifactError({
    attempt: `Verifying ${options.name}`,
    reason: faults.join('; '),
    advice:
      'do not use these files. Remove them from ~/.m2/repository and start again; if it stays, the repository or mirror that Maven uses delivers something else than Maven Central.',
  });
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
