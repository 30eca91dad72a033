import { EnvironmentFault } from './commandEnvironment.ts';

const exitCodes = { failed: 1, usage: 2, stopped: 143 } as const;

/** Causes of a fault that are told: a wait has one, and a broken connection below it. */
const toldCauses = 4;

/**
 * Runs a command to its end and sets the exit code: 0, 1 when it failed, 2 when its environment is wrong, 143 when it was told to stop; an
 * open transaction is rolled back then. What went wrong is said without any value: those of a statement may be personal data.
 */
export async function runCommand(work: (env: NodeJS.ProcessEnv) => Promise<void>): Promise<void> {
  // The first process of a container ignores signals that it does not handle.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(exitCodes.stopped));
  try {
    await work(process.env);
  } catch (error) {
    console.error(describeFault(error));
    process.exitCode = error instanceof EnvironmentFault ? exitCodes.usage : exitCodes.failed;
  }
}

/** A fault and its causes in one line, without values. */
export function describeFault(error: unknown): string {
  const parts: string[] = [];
  for (let fault = error; fault instanceof Error && parts.length < toldCauses; fault = fault.cause) {
    parts.push(sqlFaultOf(fault) ?? fault.message);
  }
  return parts.length > 0 ? parts.join(' ← ') : 'An unknown fault.';
}

const sqlState = /^[0-9A-Z]{5}$/;
/** Those that whoever sets the platform up meets; PostgreSQL's documentation lists all (appendix A). */
const wellKnown: Readonly<Record<string, string>> = {
  '28P01': 'the password was refused',
  '28000': 'the server does not let this role in from here',
  '3D000': 'the database does not exist',
  '42501': 'the role may not do that',
  '55P03': 'a lock was not to be had in time',
  '55006': 'the database is in use',
  '57014': 'the statement was cancelled or took too long',
  '57P01': 'the server ended the connection',
};

/** What PostgreSQL says is put together from values of the statement; code and names of the schema are not. */
function sqlFaultOf(fault: Error): string | undefined {
  if (!('code' in fault) || typeof fault.code !== 'string' || !sqlState.test(fault.code)) return undefined;
  const names = (['table', 'column', 'constraint'] as const).flatMap((kind) => {
    const name = kind in fault ? Reflect.get(fault, kind) : undefined;
    return typeof name === 'string' ? [`${kind} ${name}`] : [];
  });
  const text = wellKnown[fault.code];
  return [`SQLSTATE ${fault.code}`, ...(text === undefined ? [] : [text]), ...names].join(', ');
}
