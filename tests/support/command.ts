import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Longest run of one npm command in tests. */
const commandTimeoutMs = 120_000;

/** The repository's root folder. */
export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Runs `npm` with the arguments in the repository's root, as a person would; keeps output and exit code. */
export function runCommand(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, {
      cwd: repositoryRoot,
      env: { ...process.env, ...options.env },
      timeout: commandTimeoutMs,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.stdin.end(options.input ?? '');
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
