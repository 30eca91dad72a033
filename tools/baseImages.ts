// `npm run images:bases [-- --write]`: asks the registries, by Docker, for the digest of each tag in packages/manifests/src/baseImages.json, and compares or writes.
// A tag that has moved is somebody's decision: read what changed, then write.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { parseArgs, promisify } from 'node:util';
import { type BaseImage, baseImages } from '@todo-chatbot/manifests';

const run = promisify(execFile);
/** An answer of a registry takes seconds. */
const timeoutMs = 60_000;

async function digestInRegistry({ image, tag }: BaseImage): Promise<string> {
  const { stdout } = await run(
    'docker',
    ['buildx', 'imagetools', 'inspect', '--format', '{{.Manifest.Digest}}', `${image}:${tag}`],
    { timeout: timeoutMs },
  );
  return stdout.trim();
}

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const found = await Promise.all(
  Object.entries(baseImages).map(async ([name, base]) => ({ name, base, digest: await digestInRegistry(base) })),
);
const differing = found.filter(({ base, digest }) => base.digest !== digest);
for (const { name, base, digest } of differing) console.log(`${name}: ${base.digest ?? 'none'} -> ${digest}`);
if (values.write) {
  const written = Object.fromEntries(found.map(({ name, base, digest }) => [name, { ...base, digest }]));
  await writeFile(
    new URL('../packages/manifests/src/baseImages.json', import.meta.url),
    `${JSON.stringify(written, null, 2)}\n`,
  );
  console.log(
    'packages/manifests/src/baseImages.json is written. The defaults in images/Dockerfile have to say the same; a test compares.',
  );
} else {
  process.exitCode = differing.length > 0 ? 1 : 0;
}
