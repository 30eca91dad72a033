// Where the third-party parts lie and which versions they have. Plain JavaScript: the check of prerequisites reads it on
// whatever Node a machine has, before anything is installed. Types for TypeScript are in layout.d.mts.
import { createHash } from 'node:crypto';
import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The version that is built, and the oldest one that is accepted. Before 1.17.5 access policies could be got round
 * with encoded paths, and 1.18.2 closes the last known hole in the certificate authority.
 */
export const daprVersion = '1.18.2';
export const kafkaVersion = '4.1.0';
export const zipkinVersion = '3.5.1';

/** Part of the cache key as well: a change of how the binaries are built builds them anew. */
export const daprBuildArguments = [
  'build',
  '-v',
  '-mod=readonly',
  '-trimpath',
  '-buildvcs=false',
  `-ldflags=-s -w -X github.com/dapr/dapr/pkg/buildinfo.version=${daprVersion} -X github.com/dapr/kit/logger.DaprVersion=${daprVersion}`,
];
export const daprBuildTargets = ['.', './sentry', 'github.com/dapr/dapr/cmd/placement'];
export const daprBinaries = ['daprd', 'sentry', 'placement'];

export const daprSourceDir = join(packageDir, 'daprd');
export const kafkaSourceDir = join(packageDir, 'kafka');
export const zipkinSourceDir = join(packageDir, 'zipkin');

/** @param {Record<string, string | undefined>} env */
export function defaultCacheDir(env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'todo-chatbot');
}

/** @param {string} cacheDir */
export function cacheLayout(cacheDir) {
  return {
    dapr: join(cacheDir, `dapr-${daprVersion}-${hashOfDaprSources()}`),
    kafka: join(cacheDir, `kafka-${kafkaVersion}`),
    zipkin: join(cacheDir, `zipkin-${zipkinVersion}`),
  };
}

/** @param {string} cacheDir */
export function whatIsCached(cacheDir) {
  const { dapr, kafka, zipkin } = cacheLayout(cacheDir);
  return {
    dapr: daprBinaries.every((name) => isExecutable(join(dapr, name))),
    kafka: readChecksums(kafkaSourceDir).every(({ name }) => isFile(join(kafka, 'lib', name))),
    zipkin: readChecksums(zipkinSourceDir).every(({ name }) => isFile(join(zipkin, name))),
  };
}

/**
 * The jars that a Maven folder must yield, from its jars.sha256 (the format of sha256sum).
 * @param {string} sourceDir
 */
export function readChecksums(sourceDir) {
  return readFileSync(join(sourceDir, 'jars.sha256'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ sha256: line.slice(0, 64), name: line.slice(66) }));
}

/**
 * A release candidate of the oldest accepted version is older than it, and what is no version at all ("edge") is too old.
 * @param {string} version
 */
export function isSuitableDapr(version) {
  const [, numbers, suffix] = /^v?(\d+\.\d+\.\d+)(-.+)?$/.exec(version.trim()) ?? [];
  if (numbers === undefined) return false;
  const found = numbers.split('.').map(Number);
  for (const [index, part] of daprVersion.split('.').map(Number).entries()) {
    const difference = (found[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return suffix === undefined;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {string} path */
function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Everything that decides what comes out of the build: our sources, the locked dependencies, the flags, the machine's kind. */
function hashOfDaprSources() {
  const hash = createHash('sha256');
  const names = readdirSync(daprSourceDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(\.go|go\.mod|go\.sum)$/.test(name) && !name.endsWith('_test.go'))
    .sort();
  for (const name of names) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(daprSourceDir, name)))
      .update('\0');
  }
  hash.update([process.platform, process.arch, ...daprBuildArguments, ...daprBuildTargets].join('\0'));
  return hash.digest('hex').slice(0, 12);
}
