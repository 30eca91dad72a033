import { parseArgs } from 'node:util';
import { readPlatformState } from '@todo-chatbot/local-platform';
import { personalDataIn } from '@todo-chatbot/service-kit';
import pg from 'pg';
import { createPostgresScannedBodies } from './adapters/postgresWatchStores.ts';
import { createServiceLogFiles } from './adapters/serviceLogFiles.ts';
import { logGroup, personalDataInBody } from './queries/personalDataInBody.ts';

const usage = `Usage: npm run --silent audit:scan -- [DIR]

Looks for personal data and secrets that masking should have hidden: in all entries and log files of the running platform, or in
the files of a folder. Prints place and kind of each finding, never the value.

Ends with 0 when there is none, 1 when there is, 2 when it could not be looked for.
`;

/** Bodies in memory at a time. */
const bodiesPerRead = 500;

/** Takes the place and kind of a finding. */
type Report = (finding: string) => void;

async function scanFolder(folder: string, report: Report): Promise<void> {
  const files = createServiceLogFiles(folder);
  for (const name of await files.names()) {
    let lineNumber = 0;
    const onLine = (line: string) => {
      lineNumber += 1;
      for (const kind of personalDataIn(line)) report(`${logGroup(name, kind)} line ${lineNumber}`);
    };
    await files.readNewLines({ name, known: [], maxBytes: Number.POSITIVE_INFINITY, isFinal: true, onLine });
  }
}

async function scanEntries(pool: pg.Pool, report: Report): Promise<void> {
  const bodies = createPostgresScannedBodies(pool);
  for (let next = 0; ; ) {
    const rows = await bodies.from(next, bodiesPerRead);
    if (rows.length === 0) return;
    for (const { index, body } of rows) {
      for (const { action, field, kinds } of personalDataInBody(body)) {
        report(`entry:${action}:${field}:${kinds.join(',')} index ${index}`);
      }
      next = index + 1;
    }
  }
}

async function scanRunningPlatform(report: Report): Promise<void> {
  const { apps, logsDir } = await readPlatformState();
  const pool = new pg.Pool({ ...apps.audit.database, max: 1 });
  try {
    await scanEntries(pool, report);
  } finally {
    await pool.end();
  }
  await scanFolder(logsDir, report);
}

try {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [folder, ...surplus] = positionals;
  if (values.help) {
    process.stdout.write(usage);
  } else if (surplus.length > 0) {
    process.stderr.write(usage);
    process.exitCode = 2;
  } else {
    let findings = 0;
    const report = (finding: string) => {
      findings += 1;
      process.stdout.write(`${finding}\n`);
    };
    await (folder === undefined ? scanRunningPlatform(report) : scanFolder(folder, report));
    process.stdout.write(findings === 0 ? 'No unmasked personal data was found.\n' : `findings ${findings}\n`);
    process.exitCode = findings === 0 ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`The scan could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
