// What a machine must have before the platform can be fetched, built and started. Plain JavaScript without dependencies:
// it runs on whatever Node there is, before anything is installed. Types for TypeScript are in prerequisites.d.mts.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { daprSourceDir, defaultCacheDir, isExecutable, isSuitableDapr, whatIsCached } from './layout.mjs';

/** Maven takes a second to start on a busy machine; nothing here takes ten. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * @typedef {{ name: string; found: string | null; required: string; howToGet: string }} Fault
 * @typedef {{ exitCode: number | null; output: string }} Answer
 */

/**
 * All that is missing or too old, and nothing when the platform can start. Changes nothing and needs no network.
 * @param {{ env?: Record<string, string | undefined>; cacheDir?: string; daprBinDir?: string | undefined; nodeVersion?: string }} [options]
 * @returns {Promise<Fault[]>}
 */
export async function checkPrerequisites(options = {}) {
  const env = options.env ?? process.env;
  const cached = whatIsCached(options.cacheDir ?? defaultCacheDir(env));
  const mustBuildDapr = !cached.dapr && !(await hasStockDapr(options.daprBinDir ?? env.DAPR_BIN_DIR, env));
  const mustFetchJars = !cached.kafka || !cached.zipkin;

  const faults = await Promise.all([
    checkNode(options.nodeVersion ?? process.versions.node),
    checkGit(env),
    checkJava(env),
    ...(mustBuildDapr ? [checkGo(env)] : []),
    ...(mustFetchJars ? [checkMaven(env)] : []),
  ]);
  return faults.filter((fault) => fault !== null);
}

/**
 * The faults as a person reads them, one paragraph; empty when there are none.
 * @param {Fault[]} faults
 */
export function describeFaults(faults) {
  if (faults.length === 0) return '';
  const lines = faults.map(
    ({ name, found, required, howToGet }) =>
      `  ${name}: ${found === null ? 'not found' : `found ${found}`}, needed ${required}\n    ${howToGet}`,
  );
  return `This machine lacks what the platform needs:\n${lines.join('\n')}\n`;
}

/** @param {string} version */
async function checkNode(version) {
  const required = '20.19';
  return atLeast(version, required)
    ? null
    : {
        name: 'Node.js',
        found: version,
        required: `${required} or newer`,
        howToGet: 'https://nodejs.org, or a version manager such as nvm or fnm',
      };
}

/** @param {Record<string, string | undefined>} env */
async function checkGit(env) {
  const version = firstVersion(await ask('git', ['--version'], env));
  return version === null
    ? { name: 'git', found: null, required: 'any version', howToGet: install('git', 'git', 'git') }
    : null;
}

/** @param {Record<string, string | undefined>} env */
async function checkJava(env) {
  const required = '17';
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  const version = firstVersion(await ask(java, ['-version'], env));
  return version !== null && atLeast(version, required)
    ? null
    : {
        name: 'Java',
        found: version,
        required: `${required} or newer (a runtime is enough)`,
        howToGet: `${install('default-jre-headless', 'java-latest-openjdk-headless', 'openjdk')} (Ubuntu 22.04: openjdk-17-jre-headless); JAVA_HOME, where set, comes before the PATH`,
      };
}

/** @param {Record<string, string | undefined>} env */
async function checkMaven(env) {
  const required = '3.6.3';
  const version = firstVersion(await ask('mvn', ['--version'], env));
  return version !== null && atLeast(version, required)
    ? null
    : {
        name: 'Maven',
        found: version,
        required: `${required} or newer, to fetch Kafka and Zipkin once`,
        howToGet: install('maven', 'maven', 'maven'),
      };
}

/**
 * Go 1.26 fetches the exact toolchain that go.mod asks for by itself, unless it is told not to (GOTOOLCHAIN=local).
 * @param {Record<string, string | undefined>} env
 */
async function checkGo(env) {
  // Asked for outside of the module, where Go does not start fetching a toolchain.
  const { exitCode, output } = await ask('go', ['env', 'GOVERSION', 'GOTOOLCHAIN'], env);
  const [version = '', toolchain = ''] = exitCode === 0 ? output.split('\n') : [];
  const exact = /^go (\S+)$/m.exec(readFileSync(join(daprSourceDir, 'go.mod'), 'utf8'))?.[1] ?? '1.26';
  const required = toolchain === 'local' ? exact : '1.26';
  const found = firstVersion({ exitCode, output: version });
  return found !== null && atLeast(found, required)
    ? null
    : {
        name: 'Go',
        found,
        required: `${required} or newer, to build Dapr once`,
        howToGet:
          'https://go.dev/doc/install; not needed with stock Dapr 1.18.2 or newer, from `dapr init --slim` or in the folder that DAPR_BIN_DIR names',
      };
}

/**
 * A folder that a person names is used or refused when the binaries are needed; in either case nothing is built.
 * @param {string | undefined} daprBinDir
 * @param {Record<string, string | undefined>} env
 */
async function hasStockDapr(daprBinDir, env) {
  if (daprBinDir) return true;
  const slim = join(homedir(), '.dapr', 'bin');
  if (!isExecutable(join(slim, 'daprd')) || !isExecutable(join(slim, 'sentry'))) return false;
  const { exitCode, output } = await ask(join(slim, 'daprd'), ['--version'], env);
  return exitCode === 0 && isSuitableDapr(output);
}

/**
 * @param {string} debian
 * @param {string} fedora
 * @param {string} homebrew
 */
function install(debian, fedora, homebrew) {
  if (process.platform === 'darwin') return `brew install ${homebrew}`;
  return `sudo apt install ${debian}   or   sudo dnf install ${fedora}`;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<Answer>} exit code null when it cannot be started or does not end
 */
function ask(command, args, env) {
  return new Promise((resolve) => {
    const options = { env: { ...env, LC_ALL: 'C' }, cwd: homedir(), timeout: ANSWER_TIMEOUT_MS };
    execFile(command, args, options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ exitCode, output: `${stdout}${stderr}` });
    });
  });
}

/**
 * The first thing in the output that looks like a version: java says it on the error output, in quotes, after other lines.
 * @param {Answer} answer
 */
function firstVersion({ exitCode, output }) {
  if (exitCode !== 0) return null;
  return /(?:version |Maven |go|")"?v?(\d+(?:\.\d+)*)/.exec(output)?.[1] ?? null;
}

/**
 * @param {string} version
 * @param {string} floor
 */
function atLeast(version, floor) {
  const found = version.split('.').map(Number);
  for (const [index, part] of floor.split('.').map(Number).entries()) {
    const difference = (found[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
