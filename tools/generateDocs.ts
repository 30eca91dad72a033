/**
 * Writes the documents that follow from the code: `docs/errors.md`, `docs/data-map.md` and `docs/api/openapi.json`. With `--check` it writes nothing and
 * exits 1 when one of them is stale. Either way it looks whether each line of the threat model names a test that exists.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { errorCodes } from '@todo-chatbot/contracts';
import { dataMapDocument } from './dataMapDocument.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function errorsDocument(): string {
  const rows = Object.entries(errorCodes).map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`);
  return `# Errors

Generated from \`packages/contracts/src/errors.ts\` by \`npm run generate\`. Every error is \`application/problem+json\` (RFC 9457) with \`type\`, \`title\`, \`status\`,
\`code\` and \`traceId\`; \`errors\` names the faulty fields by path and never repeats a value. Clients switch on \`code\`. 401 comes with \`WWW-Authenticate\`,
429 and 503 with \`Retry-After\`.

| code | status | title |
|---|---|---|
${rows.join('\n')}
`;
}

async function openApiDocument(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/openapi.ts'], {
    cwd: join(root, 'services/chat-gateway'),
    maxBuffer: 4_000_000,
  });
  return stdout;
}

/** A link to a test: its name, as the test file has it between quotes, and the file. */
const testLinkPattern = /\[([^\]]+)\]\((\.\.\/[^)]+\.test\.ts)\)/g;

/** Rows of the threat model without a test, and links to tests that are not there. */
async function threatModelFaults(): Promise<string[]> {
  const path = join(root, 'docs/threat-model.md');
  const rows = (await readFile(path, 'utf8')).split('\n').filter((line) => /^\| (?!attack |---)/.test(line));
  const faults = rows.map(async (row) => {
    const links = [...row.matchAll(testLinkPattern)];
    if (links.length === 0) return [`a line names no test: ${row.slice(0, 80)}`];
    const missing = links.map(async ([, name = '', target = '']) => {
      const source = await readFile(resolve(dirname(path), target), 'utf8').catch(() => '');
      return source.includes(name) ? [] : [`${target} has no test "${name}"`];
    });
    return (await Promise.all(missing)).flat();
  });
  return (await Promise.all(faults)).flat();
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const documents = {
  'docs/errors.md': errorsDocument(),
  'docs/data-map.md': dataMapDocument(),
  'docs/api/openapi.json': await openApiDocument(),
};
for (const [path, text] of Object.entries(documents)) {
  const file = join(root, path);
  const current = await readFile(file, 'utf8').catch(() => undefined);
  if (current === text) continue;
  if (values.check) {
    console.error(`${path} is stale: run "npm run generate".`);
    process.exitCode = 1;
  } else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    console.log(`${path} written`);
  }
}
for (const fault of await threatModelFaults()) {
  console.error(`docs/threat-model.md: ${fault}`);
  process.exitCode = 1;
}
