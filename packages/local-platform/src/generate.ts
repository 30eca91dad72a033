import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { type DaprFile, daprFiles } from './dapr/documents.ts';
import { isMissing, readTextIfPresent } from './files.ts';
import { daprComponentsDir } from './layout.ts';

/** Folders whose every file is generated. */
const generatedFolders = ['components', 'configurations', 'resiliency', 'subscriptions'] as const;

/** Text of a generated file. */
function textOf({ comment, document }: DaprFile): string {
  return `# ${comment}\n# Generated from packages/contracts by "npm run generate": change the tables, not this file.\n${stringify(document, { lineWidth: 0 })}`;
}

/** Paths under dapr-components/ that differ from what the tables say: missing, changed or left over. */
export async function staleFiles(): Promise<readonly string[]> {
  const wanted = new Map(daprFiles().map((file) => [file.path, textOf(file)]));
  const stale: string[] = [];
  for (const [path, text] of wanted) {
    if ((await readTextIfPresent(join(daprComponentsDir, path))) !== text) stale.push(path);
  }
  const present = await Promise.all(generatedFolders.map(filesIn));
  return [...stale, ...present.flat().filter((path) => !wanted.has(path))];
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(join(daprComponentsDir, folder))).map((name) => `${folder}/${name}`);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function generate(): Promise<void> {
  for (const path of await staleFiles()) await rm(join(daprComponentsDir, path), { force: true });
  for (const file of daprFiles()) {
    const path = join(daprComponentsDir, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, textOf(file));
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  if (values.check) {
    const stale = await staleFiles();
    for (const path of stale)
      console.error(`dapr-components/${path} is not what the tables say: run "npm run generate".`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    await generate();
    console.log(`dapr-components/: ${daprFiles().length} files`);
  }
}
