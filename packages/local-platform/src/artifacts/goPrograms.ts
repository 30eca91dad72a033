import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCachedFolder } from './cachedFolder.ts';
import { defaultCacheDir, isExecutable } from './layout.mjs';
import { runCommand } from './runCommand.ts';

/** A small program builds in seconds; the first time its modules are fetched, on a busy machine. */
const buildTimeoutSeconds = 600;
const buildArguments = ['build', '-mod=readonly', '-trimpath', '-buildvcs=false'];

/** Programs of one Go module, whose go.mod and go.sum pin everything that goes into them. */
export interface GoPrograms {
  /** Folder with go.mod, go.sum and sources. */
  readonly sourceDir: string;
  /** Name of the folder in the cache, without version. */
  readonly name: string;
  /** Packages to build and the names of the programs that come of them. */
  readonly targets: Readonly<Record<string, string>>;
}

/**
 * Folder with the programs, built once and kept in the platform's cache until a source or a pinned version changes.
 * Throws an ArtifactError that says what to do.
 */
export async function ensureGoPrograms({ sourceDir, name, targets }: GoPrograms): Promise<string> {
  const programs = Object.values(targets);
  const folder = join(defaultCacheDir(process.env), `${name}-${hashOfSources(sourceDir, Object.keys(targets))}`);
  return await ensureCachedFolder({
    folder,
    isComplete: () => programs.every((program) => isExecutable(join(folder, program))),
    fill: async (draft) => {
      await runCommand({
        command: 'go',
        args: [...buildArguments, '-o', `${draft}/`, ...Object.keys(targets)],
        cwd: sourceDir,
        // Neither a go.work of a folder above nor flags of the person may change what is built.
        env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' },
        timeoutSeconds: buildTimeoutSeconds,
        attempt: `Building ${programs.join(' and ')}`,
        advice: 'check that Go 1.26 or newer is installed and reaches its module proxy (`go env GOPROXY`).',
      });
    },
    detail: () => undefined,
  });
}

function hashOfSources(sourceDir: string, targets: readonly string[]): string {
  const hash = createHash('sha256');
  const names = readdirSync(sourceDir)
    .filter((name) => /(\.go|go\.mod|go\.sum)$/.test(name))
    .sort();
  for (const name of names) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(sourceDir, name)))
      .update('\0');
  }
  hash.update([process.platform, process.arch, ...buildArguments, ...targets].join('\0'));
  return hash.digest('hex').slice(0, 12);
}
