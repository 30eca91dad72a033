import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCachedFolder } from './artifacts/cachedFolder.ts';
import { runCommand } from './artifacts/runCommand.ts';
import { repositoryDir } from './layout.ts';

const webDir = join(repositoryDir, 'packages', 'web');
/** What decides about the built app. */
const sources = [
  join(webDir, 'src'),
  join(webDir, 'public'),
  join(webDir, 'index.html'),
  join(webDir, 'package.json'),
  join(webDir, 'vite.config.ts'),
  join(repositoryDir, 'packages', 'contracts', 'src'),
  join(repositoryDir, 'pnpm-lock.yaml'),
];
const buildTimeoutSeconds = 300;
/** Older builds stay for platforms that still serve them. */
const keptBuilds = 3;

/** The folder with the built web app; builds it when its sources have changed since. */
export async function ensureWebApp(cacheDir: string, detail: (text: string) => void): Promise<string> {
  const builds = join(cacheDir, 'web');
  const folder = join(builds, await hashOf(sources));
  await ensureCachedFolder({
    folder,
    detail,
    isComplete: () => existsSync(join(folder, 'index.html')),
    fill: async (draft) => {
      detail('building');
      await runCommand({
        command: process.execPath,
        args: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', draft],
        cwd: webDir,
        timeoutSeconds: buildTimeoutSeconds,
        attempt: 'Building the web app',
        advice: 'see what the build says above.',
      });
    },
  });
  await removeOldBuilds(builds, folder);
  return folder;
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesUnder(path))
      hash
        .update(`${file}\0`)
        .update(await readFile(file))
        .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesUnder(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function removeOldBuilds(directory: string, current: string): Promise<void> {
  const builds = await Promise.all(
    (await readdir(directory, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name))
      .map(async ({ name }) => ({ path: join(directory, name), madeAt: (await stat(join(directory, name))).mtimeMs })),
  );
  const old = builds.filter(({ path }) => path !== current).sort((a, b) => b.madeAt - a.madeAt);
  for (const { path } of old.slice(keptBuilds - 1)) await rm(path, { recursive: true, force: true });
}
