import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifierKeyOf } from '@todo-chatbot/transparency-log';
import { createFileLogFolder } from './adapters/fileLogFolder.ts';
import { readPublishedCheckpoint } from './adapters/postgresLogStore.ts';
import { ExportRefusedError, exportLog } from './commands/exportLog.ts';
import type { StoredEntry, StoredLog } from './domain/verifyLog.ts';
import { withRunningLog } from './runningLog.ts';

const usage = `Usage: npm run --silent audit:export -- DIR [--bodies]

Writes the log of the running platform to a folder in the layout of C2SP tlog-tiles, with log.vkey beside it: checkpoint, tiles and
bundles of leaves, which are public, and the witness's key as witness.vkey. A folder with an earlier export of the same log is extended.
  --bodies   adds bodies.jsonl, which says what happened: for auditors, not for the public

Ends with 0 when all is written, 1 when the folder or the log is not as it must be, 2 when it could not be done.
`;

function exportRunningLog(directory: string, withBodies: boolean): Promise<string> {
  return withRunningLog({}, async ({ log, client, verifier, witness }) => {
    const checkpoint = await readPublishedCheckpoint(client);
    if (!checkpoint) throw new ExportRefusedError('the log has no checkpoint');
    const folder = createFileLogFolder(directory);
    const { treeSize, rootHash } = await exportLog({ checkpoint, entries: () => entriesOf(log) }, folder, {
      verifier,
      witness,
      withBodies,
    });
    return `The audit log is written.\nsize ${treeSize}\nroot ${rootHash.toString('base64')}\nkey ${verifierKeyOf(verifier)}\n`;
  });
}

async function* entriesOf(
  log: StoredLog,
): AsyncGenerator<Pick<StoredEntry, 'index' | 'leaf'> & { body: Buffer | null }> {
  for await (const { index, leaf, body } of log.entries()) yield { index, leaf, body: body?.bytes ?? null };
}

try {
  const { values, positionals } = parseArgs({
    options: { bodies: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [directory] = positionals;
  if (values.help) {
    process.stdout.write(usage);
  } else if (directory === undefined || positionals.length > 1) {
    process.stderr.write(usage);
    process.exitCode = 2;
  } else {
    // npm runs scripts in the repository's root, wherever the person is.
    process.stdout.write(await exportRunningLog(resolve(process.env.INIT_CWD ?? '.', directory), values.bodies));
  }
} catch (error) {
  process.stderr.write(`The audit log was not exported: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ExportRefusedError ? 1 : 2;
}
