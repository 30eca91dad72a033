import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureCachedFolder } from './cachedFolder.ts';
import {
  cacheLayout,
  daprBinaries,
  daprBuildArguments,
  daprBuildTargets,
  daprSourceDir,
  daprVersion,
  isExecutable,
  isSuitableDapr,
  whatIsCached,
} from './layout.mjs';
import { ArtifactError, runCommand } from './runCommand.ts';

/** Three to five minutes on two cores; a busy machine with one may need several times that. */
const BUILD_TIMEOUT_SECONDS = 3600;
/** `--version` prints one line and ends. */
const VERSION_TIMEOUT_SECONDS = 20;

export interface DaprBinaries {
  daprd: string;
  sentry: string;
  /** Empty when a stock installation without it is used. Nothing here needs actors. */
  placement: string;
  version: string;
  /** 'built from source', or the folder of the stock installation. */
  origin: string;
}

/** Takes the stock binaries of `daprBinDir`, else suitable ones of `dapr init --slim`, else builds our own from source. */
export async function ensureDapr(options: {
  cacheDir: string;
  daprBinDir: string | undefined;
  detail: (text: string) => void;
  signal: AbortSignal;
}): Promise<DaprBinaries> {
  const { cacheDir, daprBinDir, detail, signal } = options;
  if (daprBinDir !== undefined && daprBinDir !== '') return fromChosenFolder(daprBinDir);

  const slim = await inspect(join(homedir(), '.dapr', 'bin'));
  if (slim.verdict === 'suitable') return slim.binaries;
  if (slim.verdict === 'unsuitable') detail(`not using ${slim.folder}: ${slim.reason}`);

  const folder = await ensureCachedFolder({
    folder: cacheLayout(cacheDir).dapr,
    isComplete: () => whatIsCached(cacheDir).dapr,
    fill: (draft) => buildInto({ draft, detail, signal }),
    detail,
  });
  return { ...pathsIn(folder), version: daprVersion, origin: 'built from source' };
}

/** A folder that a person names is used or refused, never passed over. */
async function fromChosenFolder(folder: string): Promise<DaprBinaries> {
  const found = await inspect(folder);
  if (found.verdict === 'suitable') return found.binaries;
  throw new ArtifactError({
    attempt: `Using the Dapr binaries in ${folder} (DAPR_BIN_DIR)`,
    reason: found.verdict === 'absent' ? 'daprd and sentry are not both there' : found.reason,
    advice: `put daprd and sentry ${daprVersion} or newer there (\`dapr init --slim\` installs both), or unset DAPR_BIN_DIR to have them built.`,
  });
}

type Inspection =
  | { verdict: 'suitable'; binaries: DaprBinaries }
  | { verdict: 'unsuitable'; folder: string; reason: string }
  | { verdict: 'absent' };

async function inspect(folder: string): Promise<Inspection> {
  const { daprd, sentry, placement } = pathsIn(folder);
  if (!isExecutable(daprd) || !isExecutable(sentry)) return { verdict: 'absent' };

  const version = await versionOf(daprd);
  if (!isSuitableDapr(version)) {
    return {
      verdict: 'unsuitable',
      folder,
      reason: `daprd there is version ${version}, which is older than ${daprVersion} and has known holes`,
    };
  }
  // Stock sentry has no --version. Where one answers, it has to be new enough as well.
  const sentryVersion = await versionOf(sentry).catch(() => null);
  if (sentryVersion !== null && !isSuitableDapr(sentryVersion)) {
    return {
      verdict: 'unsuitable',
      folder,
      reason: `sentry there is version ${sentryVersion}, which is older than ${daprVersion}`,
    };
  }
  return {
    verdict: 'suitable',
    binaries: { daprd, sentry, placement: isExecutable(placement) ? placement : '', version, origin: folder },
  };
}

function pathsIn(folder: string): { daprd: string; sentry: string; placement: string } {
  return { daprd: join(folder, 'daprd'), sentry: join(folder, 'sentry'), placement: join(folder, 'placement') };
}

async function versionOf(binary: string): Promise<string> {
  const output = await runCommand({
    command: binary,
    args: ['--version'],
    timeoutSeconds: VERSION_TIMEOUT_SECONDS,
    attempt: `Asking ${binary} for its version`,
    advice: 'replace it with a working one, or remove it.',
  });
  return output.trim();
}

async function buildInto(options: {
  draft: string;
  detail: (text: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { draft, detail, signal } = options;
  let compiled = 0;
  await runCommand({
    command: 'go',
    args: [...daprBuildArguments, '-o', `${draft}/`, ...daprBuildTargets],
    cwd: daprSourceDir,
    // A go.work of a folder above must not change what is built.
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
    timeoutSeconds: BUILD_TIMEOUT_SECONDS,
    attempt: `Building Dapr ${daprVersion}`,
    advice:
      'check that Go is new enough and reaches its module proxy (`go env GOPROXY`), and that the disk has 5 GB free; what is compiled already is kept. Or install Dapr with `dapr init --slim`.',
    signal,
    onLine: (line) => {
      if (line.startsWith('go: downloading ')) detail(line.slice('go: '.length));
      else detail(`compiled ${++compiled} packages, ${line}`);
    },
  });
  for (const name of daprBinaries) await chmod(join(draft, name), 0o755);
}
