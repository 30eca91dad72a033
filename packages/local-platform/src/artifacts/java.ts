import { readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { isExecutable } from './layout.mjs';
import { ArtifactError } from './runCommand.ts';

const MINIMUM_JAVA_MAJOR = 17;

/** The Java that Maven would take too: JAVA_HOME first, then the PATH. Starts no process, which would take longer than all the rest. */
export async function findJava(env: NodeJS.ProcessEnv): Promise<{ path: string; version: string }> {
  const candidates = [
    ...(env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin', 'java')] : []),
    ...(env.PATH ?? '')
      .split(delimiter)
      .filter(Boolean)
      .map((folder) => join(folder, 'java')),
  ];
  const path = candidates.find(isExecutable);
  const advice = `install Java ${MINIMUM_JAVA_MAJOR} or newer (a runtime is enough) and put it on the PATH, or set JAVA_HOME.`;
  if (path === undefined) {
    throw new ArtifactError({
      attempt: 'Looking for Java',
      reason: 'there is none in JAVA_HOME or on the PATH',
      advice,
    });
  }

  const version = await versionOf(path);
  if (version !== null && Number.parseInt(version, 10) < MINIMUM_JAVA_MAJOR) {
    throw new ArtifactError({ attempt: 'Looking for Java', reason: `${path} is version ${version}`, advice });
  }
  return { path, version: version ?? 'unknown' };
}

/** Every JDK and runtime carries a `release` file beside its bin folder. Without one the version stays unknown, and Kafka will tell. */
async function versionOf(java: string): Promise<string | null> {
  try {
    const release = await readFile(join(dirname(await realpath(java)), '..', 'release'), 'utf8');
    return /^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1] ?? null;
  } catch {
    return null;
  }
}
