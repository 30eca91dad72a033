import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { appIds } from '@todo-chatbot/contracts';
import { baseImages, referenceOf, serviceArguments } from '@todo-chatbot/manifests';
import { inBuildContext } from './fixtures/dockerIgnore.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dockerfile = readFileSync(join(root, 'images', 'Dockerfile'), 'utf8');
const isIncluded = inBuildContext(readFileSync(join(root, '.dockerignore'), 'utf8'));
const onlyImageFiles = join(root, 'tests', 'cluster', 'fixtures', 'onlyImageFiles.ts');

/** Starts what an image starts, with nothing but the modules that the image has, and answers what it says before it ends. */
async function startWith(folder: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', onlyImageFiles, ...args], {
    cwd: join(root, folder),
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: out + err };
}

describe('Images (K8S-4)', () => {
  for (const appId of appIds) {
    it(`has every module that ${appId} needs, which then says what its configuration lacks`, async () => {
      const { code, output } = await startWith(join('services', appId), serviceArguments);
      assert.equal(code, 1, output);
      assert.match(output, /The configuration has \d+ fault\(s\):\n- APP_ID: is not set/);
    });
  }

  it('run as a user of no privilege, each of them', () => {
    const users = [...dockerfile.matchAll(/^USER (.+)$/gm)].map(([, user]) => user);
    assert.deepEqual(users, ['10001:10001']);
    // All that is started comes of the stage that says the user.
    for (const target of ['witness', 'tools', 'setup', 'service']) {
      assert.match(dockerfile, new RegExp(`^FROM runtime AS ${target}$`, 'm'));
    }
    assert.match(dockerfile, /^FROM service AS gateway$/m);
  });

  it('has every module that the witness needs', async () => {
    const { code, output } = await startWith('services/audit', ['witness/main.ts']);
    assert.equal(code, 1, output);
    assert.match(output, /missing or malformed in the environment: PORT, KEY_FILE/);
  });

  it('is built on what the table of base images says, by digest', () => {
    for (const [argument, base] of Object.entries({ NODE_IMAGE: baseImages.node, RUNTIME_IMAGE: baseImages.runtime })) {
      assert.ok(base.digest, argument);
      assert.ok(dockerfile.includes(`\nARG ${argument}=${referenceOf(base)}\n`), argument);
    }
    const others = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, from]) => from ?? '');
    const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)/gm)].map(([, stage]) => stage ?? '');
    for (const from of others)
      assert.ok(['NODE', 'RUNTIME'].some((base) => from === `$\{${base}_IMAGE}`) || stages.includes(from), from);
  });

  it('starts a service as the other worlds do', () => {
    assert.ok(dockerfile.includes(`\nCMD ${JSON.stringify(serviceArguments).replaceAll(',', ', ')}\n`));
  });

  it('lists what is in the web app with what the gateway is made of', { timeout: 60_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['tools/sbom.ts', 'chat-gateway'], { cwd: root });
    const names: unknown[] = JSON.parse(stdout).components.map(({ name }: { name: unknown }) => name);
    for (const name of ['express', 'react-dom', '@simplewebauthn/browser']) assert.ok(names.includes(name), name);
    assert.ok(!names.includes('vite'));
  });

  it('has the Node that the workspace pins', () => {
    assert.ok(baseImages.node.tag.startsWith(`${process.versions.node}-`));
  });

  it('attack: secrets, state and the history of the repository stay out of the build context', () => {
    const kept = ['.git/config', '.env', '.state/default/secrets/credentials.json', 'services/auth/.env.local'];
    for (const path of [...kept, 'packages/web/key.pem', 'services/auth/private.key', 'node_modules/pg/package.json'])
      assert.equal(isIncluded(path), false, path);
    for (const path of ['package.json', 'services/auth/src/main.ts', 'tools/no-schema-engine', 'images/gather.sh'])
      assert.equal(isIncluded(path), true, path);
  });
});
