/** `npm run check:edge`: sslyze looks at the edge as Mozilla's "intermediate" configuration has it, on the system's NGINX. Exits 1 when it finds fault. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEchoGateway } from '../support/echoGateway.ts';
import { startEdge } from '../support/edge.ts';

const sslyzeVersion = '6.3.1';
const folder = fileURLToPath(new URL(`../../node_modules/.cache/sslyze-${sslyzeVersion}`, import.meta.url));
const program = join(folder, 'bin', 'sslyze');
/** pip fetches a few megabytes; a scan takes seconds. */
const installTimeoutMs = 300_000;
const scanTimeoutMs = 120_000;

/** Once, into a folder of its own: the system's Python stays as it is. */
async function installSslyze(): Promise<void> {
  if (existsSync(program)) return;
  console.log(`Installing sslyze ${sslyzeVersion} …`);
  const run = promisify(execFile);
  const options = { timeout: installTimeoutMs };
  try {
    await run('python3', ['-m', 'venv', folder], options);
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', `sslyze==${sslyzeVersion}`], options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error('sslyze could not be installed: it needs python3 with venv, and the Python package index.', {
      cause: error,
    });
  }
}

async function scan(): Promise<number> {
  const gateway = await startEchoGateway();
  const edge = await startEdge({ gatewayPort: gateway.port, publicHost: 'localhost' });
  const caFile = join(edge.folder, 'ca.crt');
  try {
    await writeFile(caFile, edge.ca);
    const args = ['--mozilla_config', 'intermediate', '--certinfo_ca_file', caFile, `localhost:${edge.httpsPort}`];
    const child = spawn(program, args, { stdio: 'inherit', timeout: scanTimeoutMs });
    const [code] = await once(child, 'exit');
    return code === 0 ? 0 : 1;
  } finally {
    await edge.stop();
    await gateway.close();
  }
}

await installSslyze();
process.exitCode = await scan();
