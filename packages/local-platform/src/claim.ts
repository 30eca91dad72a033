import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withFileLock } from './artifacts/fileLock.ts';
import { ensureStateDirectory, readJsonIfPresent, writePrivateFile } from './files.ts';
import { signalGroup } from './launch.ts';
import type { StateLayout } from './layout.ts';
import { identityOf, isAlive, type ProcessIdentity, processIdentitySchema } from './processIdentity.ts';

const claimSchema = z.strictObject({
  supervisor: processIdentitySchema,
  controlPath: z.string(),
  children: z.array(processIdentitySchema),
});
export type Claim = z.infer<typeof claimSchema>;

/** Hold of a state folder; one supervisor at a time has it. */
export interface HeldClaim {
  /** Remembers who has to be cleaned up should we be killed. */
  update(children: readonly number[]): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes hold of the state folder, or throws when another supervisor has it. What a supervisor left behind that was killed, or lost
 * to a power cut, is ended first; a pid that belongs to somebody else by now is left alone.
 */
export async function claimState(
  layout: StateLayout,
  options: { controlPath: string; notice: (text: string) => void },
): Promise<HeldClaim> {
  await ensureStateDirectory(layout.stateDir);
  const supervisor = identityOf(process.pid);
  const write = (children: readonly ProcessIdentity[]) =>
    writePrivateFile(layout.supervisorFile, JSON.stringify({ supervisor, controlPath: options.controlPath, children }));
  await withFileLock({ path: join(layout.stateDir, 'start.lock'), onWait: () => undefined }, async () => {
    const former = await readJsonIfPresent(layout.supervisorFile, claimSchema);
    if (former && isAlive(former.supervisor)) {
      throw new Error(`The platform in ${layout.stateDir} is running already (process ${former.supervisor.pid}).`);
    }
    if (former) cleanUp(former, options.notice);
    await rm(options.controlPath, { force: true });
    await write([]);
  });
  let writing = Promise.resolve();
  return {
    update: (pids) => {
      const children = pids.map(identityOf);
      writing = writing.then(() => write(children));
      return writing;
    },
    release: async () => {
      await writing;
      await rm(layout.supervisorFile, { force: true });
    },
  };
}

/** The supervisor that runs now, if any. */
export async function readLiveClaim(layout: StateLayout): Promise<Claim | undefined> {
  const claim = await readJsonIfPresent(layout.supervisorFile, claimSchema);
  return claim && isAlive(claim.supervisor) ? claim : undefined;
}

function cleanUp(former: Claim, notice: (text: string) => void): void {
  const left = former.children.filter((child) => child.startTime !== null && isAlive(child));
  for (const { pid } of left) signalGroup(pid, 'SIGKILL');
  notice(
    left.length > 0
      ? `The last run ended without a stop: ${left.length} process(es) that it left were ended.`
      : 'The last run ended without a stop. It left no process.',
  );
}
