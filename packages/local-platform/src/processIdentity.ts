import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * A process that stays recognisable after its pid was given to another one. `startTime` is field 22 of /proc/<pid>/stat, in clock
 * ticks since boot; null where there is no /proc.
 */
export const processIdentitySchema = z.strictObject({ pid: z.int().positive(), startTime: z.string().nullable() });
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: startTimeOf(pid) };
}

/** True when this very process lives. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return startTime === startTimeOf(pid);
}

/**
 * Memory that a process holds, in bytes, with what its children hold for themselves (PostgreSQL is a family of processes);
 * null where the system does not tell, or when it is gone.
 */
export function rssBytesOf(pid: number): number | null {
  const own = memoryOf(pid, 'VmRSS');
  if (own === null) return null;
  const children = readProc(`/proc/${pid}/task/${pid}/children`)?.trim().split(' ') ?? [];
  return children.reduce((sum, child) => sum + (memoryOf(Number(child), 'RssAnon') ?? 0), own);
}

function memoryOf(pid: number, field: 'VmRSS' | 'RssAnon'): number | null {
  const status = readProc(`/proc/${pid}/status`);
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

function startTimeOf(pid: number): string | null {
  const stat = readProc(`/proc/${pid}/stat`);
  // The command in field 2 is in brackets and may hold spaces and brackets itself.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
