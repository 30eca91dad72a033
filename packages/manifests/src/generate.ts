import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generatedMark, textOf } from './generatedFile.ts';
import { generatedFiles } from './generatedFiles.ts';
import { edgeFiles } from './kubernetes/edge.ts';

const repositoryDir = fileURLToPath(new URL('../../../', import.meta.url));
/** Folders in which a file that carries the mark and is not wanted is left over. */
const roots = ['dapr-components', 'k8s'] as const;

/** What the gateway serves, in its own words: its routes are no table that this package may read. */
const openApiPath = 'docs/api/openapi.json';

/** Path and text of every file that follows from the tables. */
async function wantedFiles(): Promise<ReadonlyMap<string, string>> {
  const openApi: unknown = JSON.parse(await readFile(join(repositoryDir, openApiPath), 'utf8'));
  return new Map([
    ...generatedFiles().map((file): [string, string] => [file.path, textOf(file)]),
    ...Object.entries(edgeFiles(openApi)),
  ]);
}

/** Paths of files that differ from what the tables say: missing, changed or left over. */
export async function staleFiles(): Promise<readonly string[]> {
  const wanted = await wantedFiles();
  const stale: string[] = [];
  for (const [path, text] of wanted) {
    if ((await readIfPresent(path)) !== text) stale.push(path);
  }
  const marked = (await Promise.all(roots.map(markedFilesIn))).flat();
  return [...stale, ...marked.filter((path) => !wanted.has(path))];
}

async function markedFilesIn(root: string): Promise<string[]> {
  const entries = await readdir(join(repositoryDir, root), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(?:yaml|json|conf)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(repositoryDir.length));
  const marked = await Promise.all(
    paths.map(async (path) => ((await readIfPresent(path))?.includes(generatedMark) ? [path] : [])),
  );
  return marked.flat();
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(join(repositoryDir, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function generate(): Promise<void> {
  for (const path of await staleFiles()) await rm(join(repositoryDir, path), { force: true });
  for (const [relativePath, text] of await wantedFiles()) {
    const path = join(repositoryDir, relativePath);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  if (values.check) {
    const stale = await staleFiles();
    for (const path of stale) console.error(`${path} is not what the tables say: run "npm run generate".`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    await generate();
    console.log(`Dapr files and Kubernetes manifests: ${(await wantedFiles()).size} files`);
  }
}
