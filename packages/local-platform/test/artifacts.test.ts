import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { before, describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { unprivilegedAccount } from '../src/account.ts';
import { type Artifacts, ensureArtifacts } from '../src/artifacts/artifacts.ts';
import { ensureCachedFolder } from '../src/artifacts/cachedFolder.ts';
import { ensureDapr } from '../src/artifacts/dapr.ts';
import { withFileLock } from '../src/artifacts/fileLock.ts';
import {
  cacheLayout,
  daprSourceDir,
  daprVersion,
  defaultCacheDir,
  isSuitableDapr,
  kafkaSourceDir,
  readChecksums,
  whatIsCached,
} from '../src/artifacts/layout.mjs';
import { ensureKafka } from '../src/artifacts/maven.ts';
import { postgresHomeFor } from '../src/artifacts/postgres.ts';
import { checkPrerequisites, describeFaults } from '../src/artifacts/prerequisites.mjs';
import { ArtifactError } from '../src/artifacts/runCommand.ts';
import { findFreePort } from '../src/ports.ts';
import type { ProgressReporter } from '../src/progress.ts';

const run = promisify(execFile);
const quiet: ProgressReporter = { step: (_label, work) => work(() => {}) };
const cacheDir = defaultCacheDir(process.env);
const isRoot = process.getuid?.() === 0;
/** The cache answers in some 20 ms; a machine busy with other tests gets fifty times that. */
const WARM_LIMIT_MS = 1000;
/** Three seconds on an idle machine. */
const START_LIMIT_MS = 60_000;

/** A folder of its own for one test. Open to other accounts, as the unprivileged server must get through. */
async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'artifacts-test-'));
  await chmod(folder, 0o755);
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts an executable of this name and shell text before everything else on the PATH, for the length of the test. */
async function fakeCommand(t: TestContext, name: string, script: string): Promise<void> {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const path = process.env.PATH;
  process.env.PATH = `${folder}${delimiter}${path}`;
  t.after(() => {
    process.env.PATH = path;
  });
}

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await isSo().catch(() => false))) {
    assert.ok(Date.now() < deadline, `not so within ${START_LIMIT_MS} ms`);
    await delay(50);
  }
}

function kafkaInto(folder: string): Promise<string> {
  return ensureKafka({ cacheDir: folder, detail: () => {}, signal: new AbortController().signal });
}

function daprFrom(daprBinDir: string): ReturnType<typeof ensureDapr> {
  return ensureDapr({ cacheDir, daprBinDir, detail: () => {}, signal: new AbortController().signal });
}

describe('artifacts', () => {
  let artifacts: Artifacts;
  before(async () => {
    artifacts = await ensureArtifacts({ cacheDir, progress: quiet });
  });

  it('answers from the cache without fetching or building anything', async (t) => {
    const called = join(await temporaryFolder(t), 'called');
    for (const name of ['go', 'mvn', 'npm', 'curl', 'wget']) {
      await fakeCommand(t, name, `echo ${name} >> '${called}'; exit 1`);
    }
    const startedAt = performance.now();
    const again = await ensureArtifacts({ cacheDir, progress: quiet });
    const elapsedMs = performance.now() - startedAt;

    assert.deepEqual(again, artifacts);
    await assert.rejects(readFile(called), { code: 'ENOENT' });
    assert.ok(elapsedMs < WARM_LIMIT_MS, `took ${Math.round(elapsedMs)} ms`);
  });

  it('provides a daprd and a sentry of the version it says, and not below the floor', async () => {
    for (const binary of [artifacts.daprd, artifacts.sentry]) {
      const { stdout } = await run(binary, ['--version']).catch(() => ({ stdout: artifacts.versions.dapr ?? '' }));
      assert.equal(stdout.trim(), artifacts.versions.dapr);
      assert.ok(isSuitableDapr(stdout));
    }
  });

  it('provides a Kafka whose broker and storage tool load', async () => {
    const java = (...args: string[]) => run(artifacts.java, ['-cp', artifacts.kafkaClasspath, ...args]);
    const { stdout } = await java('kafka.tools.StorageTool', 'random-uuid');
    assert.match(stdout.trim(), /^[\w-]{22}$/);
    const broker = await java('kafka.Kafka', '--version');
    assert.match(broker.stdout, /^4\.1\.0/m);
  });

  it('provides a Zipkin that serves on loopback', { timeout: 120_000 }, async (t) => {
    const port = await findFreePort();
    const settings = [`address=127.0.0.1`, `port=${port}`, 'protocols[0]=http'].map(
      (text) => `--armeria.ports[0].${text}`,
    );
    const zipkin = spawn(artifacts.java, ['-Xmx128m', '-jar', artifacts.zipkinJar, ...settings], { stdio: 'ignore' });
    t.after(() => zipkin.kill('SIGKILL'));
    await waitFor(async () => (await fetch(`http://127.0.0.1:${port}/health`)).status === 200);
  });

  it('provides a PostgreSQL that runs unprivileged with the extensions the services use', async (t) => {
    const account = await unprivilegedAccount();
    const folder = await temporaryFolder(t);
    const data = join(folder, 'data');
    await mkdir(data, { mode: 0o700 });
    if (account) {
      await chown(data, account.uid, account.gid);
      await chown(folder, account.uid, account.gid);
    }
    const postgres = (command: string, ...args: string[]) =>
      run(join(artifacts.postgresBinDir, command), ['-D', data, ...args], {
        cwd: folder,
        ...(account ? { uid: account.uid, gid: account.gid } : {}),
      });

    await postgres('initdb', '-U', 'owner', '-A', 'trust', '--locale=C', '-E', 'UTF8', '-N');
    const settings = `-c listen_addresses='' -k '${folder}'`;
    await postgres('pg_ctl', '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
    try {
      const client = new Client({ host: folder, user: 'owner', database: 'postgres' });
      await client.connect();
      await client.query('CREATE EXTENSION pgcrypto');
      const { rows } = await client.query("SELECT length(digest('a', 'sha256')) AS length, version() AS version");
      await client.end();
      assert.equal(rows[0].length, 32);
      assert.match(rows[0].version, /^PostgreSQL 18\./);
    } finally {
      await postgres('pg_ctl', '-m', 'immediate', '-w', 'stop');
    }
  });

  it('tests the Go module of our daprd', { timeout: 600_000 }, (t) => {
    const isBuiltHere = artifacts.versions.daprOrigin === 'built from source';
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
    if (!isBuiltHere || spawnSync('go', ['version'], { env }).status !== 0) return t.skip('stock Dapr, or no Go here');
    const { status, stdout, stderr } = spawnSync('go', ['test', '-mod=readonly', '-trimpath', './...'], {
      cwd: daprSourceDir,
      env,
      encoding: 'utf8',
    });
    assert.equal(status, 0, `${stdout}${stderr}`);
  });
});

describe('stock Dapr', () => {
  const stock = async (t: TestContext, versions: { daprd: string; sentry?: string }) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, 'daprd'), `#!/bin/sh\necho ${versions.daprd}\n`, { mode: 0o755 });
    const sentry =
      versions.sentry === undefined ? 'echo unknown flag: --version >&2; exit 2' : `echo ${versions.sentry}`;
    await writeFile(join(folder, 'sentry'), `#!/bin/sh\n${sentry}\n`, { mode: 0o755 });
    return folder;
  };

  it('is used when the folder that was named has it', async (t) => {
    const folder = await stock(t, { daprd: '1.18.4' });
    const found = await daprFrom(folder);
    assert.equal(found.daprd, join(folder, 'daprd'));
    assert.equal(found.version, '1.18.4');
    assert.equal(found.placement, '');
  });

  for (const version of ['1.17.9', '1.18.1', `${daprVersion}-rc.1`, 'edge', '']) {
    it(`is refused when daprd says "${version}": older versions have known holes`, async (t) => {
      const folder = await stock(t, { daprd: version });
      await assert.rejects(daprFrom(folder), (error) => {
        assert.ok(error instanceof ArtifactError);
        assert.match(error.message, /DAPR_BIN_DIR.*older than 1\.18\.2/s);
        assert.match(error.message, /What to do: .*1\.18\.2 or newer/s);
        return true;
      });
    });
  }

  it('is refused when its sentry is older than its daprd', async (t) => {
    await assert.rejects(
      daprFrom(await stock(t, { daprd: '1.18.2', sentry: '1.16.0' })),
      /sentry there is version 1\.16\.0/,
    );
  });

  it('is refused when the folder that was named is empty', async (t) => {
    await assert.rejects(daprFrom(await temporaryFolder(t)), /daprd and sentry are not both there/);
  });

  it('of dapr init --slim is passed over when it is too old', async (t) => {
    const home = await temporaryFolder(t);
    const folder = join(home, '.dapr', 'bin');
    await mkdir(folder, { recursive: true });
    for (const name of ['daprd', 'sentry'])
      await writeFile(join(folder, name), '#!/bin/sh\necho 1.15.0\n', { mode: 0o755 });
    const homeBefore = process.env.HOME;
    process.env.HOME = home;
    t.after(() => {
      process.env.HOME = homeBefore;
    });

    const details: string[] = [];
    const signal = new AbortController().signal;
    const found = await ensureDapr({ cacheDir, daprBinDir: undefined, detail: (text) => details.push(text), signal });
    assert.equal(found.version, daprVersion);
    assert.equal(found.origin, 'built from source');
    assert.match(details.join('\n'), /not using .*1\.15\.0/);
  });
});

describe('fetching', () => {
  it('refuses jars that are not what the checksums say', async (t) => {
    const names = readChecksums(kafkaSourceDir).map(({ name }) => name);
    const goToTarget = `target=$(printf '%s\\n' "$@" | sed -n 's/^-DoutputDirectory=//p'); mkdir -p "$target"; cd "$target"`;
    await fakeCommand(t, 'mvn', `${goToTarget}; for n in ${names.join(' ')} extra.jar; do echo forged > $n; done`);
    const folder = await temporaryFolder(t);
    await assert.rejects(kafkaInto(folder), (error) => {
      assert.ok(error instanceof ArtifactError);
      assert.match(error.message, /kafka-clients-4\.1\.0\.jar has another checksum/);
      assert.match(error.message, /extra\.jar is not in jars\.sha256/);
      return true;
    });
    assert.equal(whatIsCached(folder).kafka, false);
    assert.deepEqual(await readdir(folder), [], 'a failed fetch leaves nothing behind');
  });

  it('says what was attempted, the last lines of output, and what to do', async (t) => {
    await fakeCommand(
      t,
      'mvn',
      'for i in $(seq 100); do echo "line $i"; done; echo "Could not transfer artifact" >&2; exit 7',
    );
    await assert.rejects(kafkaInto(await temporaryFolder(t)), (error) => {
      assert.ok(error instanceof ArtifactError);
      assert.match(error.message, /^Fetching Kafka with Maven failed: exit code 7/);
      assert.match(error.message, /Could not transfer artifact/);
      assert.match(error.message, /\| line 100$/m);
      assert.doesNotMatch(error.message, /\| line 50$/m);
      assert.match(error.message, /What to do: .*Maven/);
      return true;
    });
  });

  it('reports the first failure at once and stops what else is going on', { timeout: 30_000 }, async (t) => {
    await fakeCommand(t, 'mvn', 'echo "no route to host" >&2; exit 1');
    await fakeCommand(t, 'go', 'exec sleep 600');
    const folder = await temporaryFolder(t);
    await assert.rejects(
      ensureArtifacts({ cacheDir: folder, progress: quiet }),
      /with Maven failed: .*no route to host/s,
    );
    const left = await readdir(folder);
    assert.deepEqual(
      left.filter((name) => !name.startsWith('postgres-')),
      [],
    );
  });

  it('says so when the command is not installed', async (t) => {
    const path = process.env.PATH;
    process.env.PATH = await temporaryFolder(t);
    t.after(() => {
      process.env.PATH = path;
    });
    await assert.rejects(kafkaInto(await temporaryFolder(t)), /Fetching Kafka with Maven failed: .*ENOENT/);
  });

  it('replaces a folder that lost a file', async (t) => {
    const folder = await temporaryFolder(t);
    const target = join(folder, 'part-1');
    await mkdir(target);
    await writeFile(join(target, 'old'), '');
    await ensureCachedFolder({
      folder: target,
      isComplete: () => false,
      fill: (draft) => writeFile(join(draft, 'new'), ''),
      detail: () => {},
    });
    assert.deepEqual(await readdir(target), ['new']);
    assert.deepEqual(await readdir(folder), ['part-1'], 'neither lock nor draft stays');
  });
});

describe('the lock', () => {
  const lockIn = async (t: TestContext) => join(await temporaryFolder(t), 'part.lock');

  it('lets one at a time in', async (t) => {
    const path = await lockIn(t);
    let inside = 0;
    let mostInside = 0;
    let waits = 0;
    const enter = () =>
      withFileLock({ path, onWait: () => waits++ }, async () => {
        inside++;
        mostInside = Math.max(mostInside, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
      });
    await Promise.all(Array.from({ length: 8 }, enter));
    assert.equal(mostInside, 1);
    assert.ok(waits > 0);
  });

  it('is taken over at once when its holder is dead', async (t) => {
    const path = await lockIn(t);
    const dead = spawnSync('true').pid;
    await writeFile(path, `${dead} 12345 gone\n`);
    const waited: number[] = [];
    assert.equal(await withFileLock({ path, onWait: (pid) => waited.push(pid) }, async () => 'done'), 'done');
    assert.deepEqual(waited, []);
  });

  it('is taken over when its holder’s process id now belongs to another process', {
    skip: process.platform !== 'linux',
  }, async (t) => {
    const path = await lockIn(t);
    await writeFile(path, `${process.pid} 1 an-earlier-process\n`);
    assert.equal(await withFileLock({ path, onWait: () => assert.fail('waited') }, async () => 'done'), 'done');
  });

  it('holds against a live process and goes to the next when that one is killed', async (t) => {
    const path = await lockIn(t);
    const script = `
      import { withFileLock } from ${JSON.stringify(new URL('../src/artifacts/fileLock.ts', import.meta.url).href)};
      await withFileLock({ path: process.argv[1], onWait() {} }, () => { console.log('held'); return new Promise((r) => setTimeout(r, 600_000)); });`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => holder.kill('SIGKILL'));
    await new Promise((resolve) => holder.stdout.once('data', resolve));

    const waited: number[] = [];
    const onWait = (pid: number) => {
      if (waited.push(pid) === 1) holder.kill('SIGKILL');
    };
    assert.equal(await withFileLock({ path, onWait }, async () => 'mine'), 'mine');
    assert.equal(waited[0], holder.pid);
  });
});

describe('PostgreSQL binaries for another account', { skip: !isRoot }, () => {
  it('are not placed in a cache that others cannot enter', async (t) => {
    const parent = await temporaryFolder(t);
    await chmod(parent, 0o700);
    const { binDir } = await postgresHomeFor(await unprivilegedAccount(), {
      cacheDir: join(parent, 'c'),
      detail: () => {},
    });
    assert.ok(!binDir.startsWith(parent));
    assert.equal((await stat(join(binDir, 'postgres'))).mode & 0o777, 0o755);
  });

  it('are not placed where somebody else could change them', async (t) => {
    const open = await temporaryFolder(t);
    await chmod(open, 0o777);
    const foreign = await temporaryFolder(t);
    await chown(foreign, 65534, 65534);
    for (const folder of [open, foreign]) {
      const { binDir } = await postgresHomeFor(await unprivilegedAccount(), { cacheDir: folder, detail: () => {} });
      assert.ok(!binDir.startsWith(folder), folder);
    }
  });

  it('go into the cache when it is open, and are made anew when somebody else’s folder stands in their place', async (t) => {
    const folder = await temporaryFolder(t);
    const options = { cacheDir: folder, detail: () => {} };
    const account = await unprivilegedAccount();
    const { version } = await postgresHomeFor(account, { cacheDir, detail: () => {} });
    const planted = join(folder, `postgres-${version}`, 'bin');
    await mkdir(planted, { recursive: true });
    await writeFile(join(planted, 'postgres'), '#!/bin/sh\n', { mode: 0o755 });
    const mark = join(folder, `postgres-${version}`, '.complete');
    await writeFile(mark, '');
    await chown(mark, 65534, 65534);

    const { binDir } = await postgresHomeFor(account, options);
    assert.equal(binDir, planted);
    assert.ok((await stat(join(binDir, 'postgres'))).size > 1_000_000);
  });
});

describe('prerequisites', () => {
  const nothingCached = '/nonexistent/cache';

  it('finds no fault on a machine that runs these tests', async () => {
    assert.deepEqual(await checkPrerequisites({ cacheDir }), []);
  });

  it('names all that is missing or too old at once, with what it found and how to get it', async (t) => {
    const folder = await temporaryFolder(t);
    const commands = {
      java: 'echo "openjdk version \\"11.0.2\\" 2019-01-15" >&2',
      go: 'printf "go1.25.3\\nauto\\n"',
    };
    for (const [name, script] of Object.entries(commands)) {
      await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
    const faults = await checkPrerequisites({
      env: { PATH: folder },
      cacheDir: nothingCached,
      daprBinDir: undefined,
      nodeVersion: '20.18.3',
    });
    assert.deepEqual(
      faults.map(({ name, found }) => [name, found]),
      [
        ['Node.js', '20.18.3'],
        ['git', null],
        ['Java', '11.0.2'],
        ['Go', '1.25.3'],
        ['Maven', null],
      ],
    );
    for (const { howToGet } of faults) assert.ok(howToGet.length > 10);
    assert.match(describeFaults(faults), /Java: found 11\.0\.2, needed 17 or newer.*\n.*\n.*Go: found 1\.25\.3/);
  });

  it('asks for neither Go nor Maven when the cache is full', async () => {
    const faults = await checkPrerequisites({ env: { PATH: '/nonexistent' }, cacheDir });
    assert.deepEqual(
      faults.map(({ name }) => name),
      ['git', 'Java'],
    );
  });

  it('asks for no Go when stock Dapr is named', async () => {
    const faults = await checkPrerequisites({
      env: { PATH: '/nonexistent' },
      cacheDir: nothingCached,
      daprBinDir: '/opt/dapr',
    });
    assert.ok(!faults.some(({ name }) => name === 'Go'));
  });

  it('asks for the exact Go of go.mod only where Go may not fetch it by itself', async (t) => {
    const folder = await temporaryFolder(t);
    const goFault = async (toolchain: string) => {
      await writeFile(join(folder, 'go'), `#!/bin/sh\nprintf "go1.26.0\\n${toolchain}\\n"\n`, { mode: 0o755 });
      const faults = await checkPrerequisites({ env: { PATH: folder }, cacheDir: nothingCached });
      return faults.find(({ name }) => name === 'Go');
    };
    assert.equal(await goFault('auto'), undefined);
    assert.match((await goFault('local'))?.required ?? '', /^1\.26\.\d+ or newer/);
  });

  it('runs on the oldest Node that is accepted: its files hold nothing newer', async () => {
    // Node 20 has neither type stripping nor import.meta.resolve with conditions of later versions; these two files must not need them.
    for (const file of ['prerequisites.mjs', 'layout.mjs']) {
      const text = await readFile(new URL(`../src/artifacts/${file}`, import.meta.url), 'utf8');
      assert.doesNotMatch(
        text,
        /from '(?!node:|\.\/layout\.mjs)/,
        `${file} imports something that is not there before the install`,
      );
      assert.doesNotMatch(text, /\.ts'|import\.meta\.dirname|withResolvers/);
    }
  });
});

describe('the cache key', () => {
  it('names the version and changes with the sources', () => {
    assert.match(cacheLayout('/c').dapr, /^\/c\/dapr-1\.18\.2-[0-9a-f]{12}$/);
    assert.equal(cacheLayout('/c').dapr, cacheLayout('/c').dapr);
  });
});
