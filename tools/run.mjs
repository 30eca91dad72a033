// The one entry point of every script in package.json: `node tools/run.mjs <command> [arguments]`. It runs on any Node 20.19 or newer with
// nothing installed, brings the workspace to where the command can run, and hands over to the Node that the workspace pins.
// Notices go to standard error: standard output belongs to the command.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPrerequisites, describeFaults } from '../packages/local-platform/src/artifacts/prerequisites.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const nodeProgram = join(root, 'node_modules', 'node', 'bin', 'node');
const installStamp = join(root, 'node_modules', '.installed');
const platformCli = join('packages', 'local-platform', 'src', 'cli.ts');
/** Compiled code of the last run: half a second less at each start. */
const compileCache = join(root, 'node_modules', '.cache', 'node-compile');
/** kafkajs computes a negative delay, which Node remarks on; it means "at once". */
const nodeOptions = ['--disable-warning=TimeoutNegativeWarning'];

/** Test files that need no platform, or start their own. */
const testPatterns = [
  'packages/*/src/**/*.test.ts',
  'packages/*/test/**/*.test.ts',
  'services/*/src/**/*.test.ts',
  'services/*/test/**/*.test.ts',
  'services/*/training/**/*.test.ts',
  'tests/cluster/**/*.test.ts',
  'tests/faults/**/*.test.ts',
  'tests/cluster/**/*.test.ts',
];
/** Test files in these folders share one platform. */
const platformTestFolders = ['tests/system', 'tests/attacks', 'tests/browser'];

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  platform: (args) => node([platformCli, ...args]),
  test,
  check,
  bench,
  'check-manifests': () => node(['tests/cluster/checkManifests.ts']),
  'check-k8s': (args) => node(['tests/cluster/checkCluster.ts', ...args]),
  generate: () => runGenerators([]),
  'cluster-secrets': (args) => node(['tools/clusterSecrets.ts', ...args]),
  'cluster-smoke': (args) => node(['tests/cluster/smoke.ts', ...args]),
  'cluster-seed': (args) => node(['tests/cluster/seed.ts', ...args]),
  'images-bases': (args) => node(['tools/baseImages.ts', ...args]),
  'check-collector': (args) => node(['tests/cluster/checkCollector.ts', ...args]),
  'check-edge': () => node(['tests/scans/edge.ts']),
  'images-sbom': (args) => node(['tools/sbom.ts', ...args]),
  'audit-verify': (args) => node(['services/audit/src/verifyCommand.ts', ...args]),
  'audit-scan': (args) => node(['services/audit/src/scanCommand.ts', ...args]),
  'audit-export': (args) => node(['services/audit/src/exportCommand.ts', ...args]),
  'guardrail-judge': (args) => node(['services/guardrail/src/judgeCommand.ts', ...args]),
  'guardrail-train': (args) => node(['services/guardrail/training/train.ts', ...args]),
};

/** @param {string[]} argv */
async function main([name, ...args]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name ?? ''] : undefined;
  if (!command) {
    console.error(`Usage: node tools/run.mjs <${Object.keys(commands).join('|')}> [arguments]`);
    return 2;
  }
  const needsPlatform =
    name === 'platform' ? args[0] === 'start' : !/^(audit|check|cluster|guardrail|images)-/.test(name ?? '');
  if (needsPlatform) {
    const faults = await checkPrerequisites();
    if (faults.length > 0) {
      console.error(describeFaults(faults));
      return 1;
    }
  }
  for (const prepare of [install, generateClients]) {
    const code = await prepare();
    if (code !== 0) return code;
  }
  return command(args);
}

/** Installs the workspace when the lock file or a package.json is not what was installed last. */
async function install() {
  const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tests/package.json'];
  for (const folder of ['packages', 'services']) {
    for (const name of readdirSync(join(root, folder))) manifests.push(`${folder}/${name}/package.json`);
  }
  const wanted = hashOf(manifests.filter((path) => existsSync(join(root, path))));
  if (existsSync(nodeProgram) && readIfPresent(installStamp) === wanted) return 0;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.error(`Installing the workspace with ${packageManager} …`);
  const code = await run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], {
    isQuiet: true,
    // Without this pnpm asks before it replaces what another version installed.
    env: { CI: 'true' },
  });
  if (code === 0) writeFileSync(installStamp, wanted);
  else console.error('The workspace could not be installed; see above.');
  return code;
}

/** Generates the Prisma client of each service whose schema has changed since. */
async function generateClients() {
  const stale = readdirSync(join(root, 'services')).flatMap((name) => {
    const directory = join(root, 'services', name);
    const sources = ['prisma/schema.prisma', 'prisma.config.ts', 'package.json'].map((path) => join(directory, path));
    if (!sources.every((path) => existsSync(path))) return [];
    const wanted = hashOf(sources.map((path) => relative(root, path)));
    const stamp = join(directory, 'generated', '.schema');
    return readIfPresent(stamp) === wanted ? [] : [{ directory, name, stamp, wanted }];
  });
  const codes = await Promise.all(
    stale.map(async ({ directory, name, stamp, wanted }) => {
      console.error(`Generating the database client of ${name} …`);
      const code = await run(nodeProgram, [join('node_modules', 'prisma', 'build', 'index.js'), 'generate'], {
        cwd: directory,
        isQuiet: true,
        env: {
          // Prisma asks for an engine that this command does not use, and would fetch it.
          PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'tools', 'no-schema-engine'),
          CHECKPOINT_DISABLE: '1',
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
        },
      });
      if (code === 0) writeFileSync(stamp, wanted);
      return code;
    }),
  );
  return Math.max(0, ...codes);
}

/** The whole suite, or the files that are named; the runner's own options pass through. @param {string[]} args */
async function test(args) {
  const files = args.filter((argument) => !argument.startsWith('-'));
  const options = args.filter((argument) => argument.startsWith('-'));
  const chosen =
    files.length > 0 ? files : [...testPatterns, ...platformTestFolders.map((folder) => `${folder}/**/*.test.ts`)];
  const needsPlatform = chosen.some((file) =>
    platformTestFolders.some((folder) => relative(root, join(process.cwd(), file)).startsWith(folder)),
  );
  return node(
    ['--test', '--test-global-setup=tests/globalSetup.ts', ...options, ...chosen],
    needsPlatform ? { TODO_CHATBOT_TEST_PLATFORM: '1' } : {},
  );
}

/** Files that follow from tables and schemas; the manifests from the API's description, too. @param {string[]} args */
async function runGenerators(args) {
  const codes = [];
  for (const script of ['tools/generateDocs.ts', 'packages/manifests/src/generate.ts']) {
    codes.push(await node([script, ...args]));
  }
  return Math.max(...codes);
}

/** Every static check by name; all of them run, whatever the others say. */
async function check() {
  const bin = (/** @type {string} */ name) => join('node_modules', '.bin', name);
  /** @type {[string, () => Promise<number>][]} */
  const steps = [
    ['format and lint (biome)', () => run(bin('biome'), ['ci', '--error-on-warnings'])],
    ['types (tsc)', () => run(bin('tsc'), ['-p', 'tsconfig.json'])],
    ['types of the web app (tsc)', () => run(bin('tsc'), ['-p', 'packages/web/tsconfig.json'])],
    [
      'layers (dependency-cruiser)',
      () => run(bin('depcruise'), ['packages', 'services', 'tests', 'tools', '--config']),
    ],
    ['dead code (knip)', () => run(bin('knip'), ['--no-config-hints'])],
    ['contracts: every field has a category', () => node(['tools/checkContracts.ts'])],
    ['generated files', () => runGenerators(['--check'])],
  ];
  /** @type {string[]} */
  const failed = [];
  for (const [name, step] of steps) {
    console.log(`── ${name}`);
    if ((await step()) !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

/** @param {string[]} args */
async function bench([name, ...args]) {
  const known = readdirSync(join(root, 'tests', 'bench')).flatMap((file) =>
    file.endsWith('.ts') ? [file.slice(0, -'.ts'.length)] : [],
  );
  if (name === undefined || !known.includes(name)) {
    console.error(`Usage: npm run bench -- <${known.join('|')}> [--json]`);
    return 2;
  }
  return node([join('tests', 'bench', `${name}.ts`), ...args]);
}

/** Runs the pinned Node. @param {string[]} args @param {Record<string, string>} [env] */
function node(args, env = {}) {
  return run(nodeProgram, [...nodeOptions, ...args], { env: { NODE_COMPILE_CACHE: compileCache, ...env } });
}

/**
 * Runs a command to its end; signals pass to it, and its exit code is the answer.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string; env?: Record<string, string>; isQuiet?: boolean }} [options] quiet: what it prints is shown only when it fails
 * @returns {Promise<number>}
 */
function run(command, args, { cwd = root, env = {}, isQuiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter), ...env },
    });
    /** @type {Buffer[]} */
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of passedSignals) process.on(signal, pass);
    const settle = (/** @type {number} */ code) => {
      for (const signal of passedSignals) process.off(signal, pass);
      if (code !== 0) process.stderr.write(Buffer.concat(printed));
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      settle(1);
    });
    child.once('close', (code, signal) => settle(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** @type {NodeJS.Signals[]} */
const passedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @param {string[]} paths */
function hashOf(paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\0`);
  for (const path of [...paths].sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}

/** @param {string} path */
function readIfPresent(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined;
}

process.exitCode = await main(process.argv.slice(2));
