// What kube-score and checkov find in the manifests of both overlays, without what scannerExceptions.ts explains: npm run check:manifests
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureGoPrograms } from '@todo-chatbot/local-platform/testing';
import { stringify } from 'yaml';
import { z } from 'zod';
import { overlays, renderOverlay } from './renderOverlay.ts';
import { type Exception, exceptions } from './scannerExceptions.ts';

/** Of Kubernetes, so that checks judge what it serves. */
const kubernetesVersion = 'v1.33';
/** checkov takes half a minute for an overlay on a busy machine; its report is a few megabytes. */
const limits = { timeout: 300_000, maxBuffer: 64 * 1024 * 1024 };

interface Finding {
  readonly check: string;
  readonly object: string;
  readonly text: string;
}

async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'check-manifests-'));
  const needed = new Set<Exception>();
  let faults = 0;
  try {
    for (const overlay of overlays) {
      const file = join(folder, `${overlay}.yaml`);
      const objects = await renderOverlay(overlay);
      await writeFile(file, objects.map((object) => stringify(object)).join('---\n'));
      const findings = [...(await kubeScore(file)), ...(await checkov(file))];
      for (const finding of findings) {
        const exception = exceptions.find((candidate) => covers(candidate, finding));
        if (exception) needed.add(exception);
        else {
          faults += 1;
          console.error(`FAULT ${overlay}: ${finding.object}: ${finding.text} (${finding.check})`);
        }
      }
      console.log(`${overlay}: ${objects.length} objects, ${findings.length} findings`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  for (const exception of exceptions) {
    if (needed.has(exception)) continue;
    faults += 1;
    console.error(`FAULT nothing needs the exception for ${exception.check} of ${exception.object ?? 'every object'}`);
  }
  console.log(`${exceptions.length} exceptions, ${faults} faults`);
  return faults === 0 ? 0 : 1;
}

function covers({ check, object }: Exception, finding: Finding): boolean {
  return check === finding.check && (object === undefined || finding.object.startsWith(object));
}

const scoreSchema = z.array(
  z.object({
    object_meta: z.object({ name: z.string() }),
    checks: z.array(
      z.object({
        check: z.object({ id: z.string(), name: z.string() }),
        /** 10 is "OK", 5 and 1 are a warning and a critical fault. */
        grade: z.number(),
        skipped: z.boolean(),
      }),
    ),
  }),
);
const gradeOfNoFault = 10;

async function kubeScore(file: string): Promise<readonly Finding[]> {
  const folder = await ensureGoPrograms({
    sourceDir: join(import.meta.dirname, 'kubeScore'),
    name: 'kube-score',
    targets: { 'github.com/zegl/kube-score/cmd/kube-score': 'kube-score' },
  });
  const report = await outputOf(join(folder, 'kube-score'), [
    'score',
    file,
    '--output-format=json',
    `--kubernetes-version=${kubernetesVersion}`,
  ]);
  return scoreSchema
    .parse(JSON.parse(report))
    .flatMap(({ object_meta: { name }, checks }) =>
      checks.flatMap(({ check, grade, skipped }) =>
        skipped || grade >= gradeOfNoFault ? [] : [{ check: check.id, object: name, text: check.name }],
      ),
    );
}

const checkovSchema = z.object({
  results: z.object({
    failed_checks: z.array(z.object({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
    parsing_errors: z.array(z.string()),
  }),
});

async function checkov(file: string): Promise<readonly Finding[]> {
  const report = await outputOf('checkov', ['--file', file, '--framework=kubernetes', '--compact', '--output=json']);
  const { failed_checks: failed, parsing_errors: unread } = checkovSchema.parse(JSON.parse(report)).results;
  if (unread.length > 0) throw new Error(`checkov could not read ${unread.join(', ')}`);
  // `Deployment.todo-chatbot.auth`: kind, namespace, name.
  return failed.map(({ check_id, check_name, resource }) => ({
    check: check_id,
    object: resource.split('.').slice(2).join('.'),
    text: check_name,
  }));
}

/** Both scanners end with 1 when they find something. */
async function outputOf(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(program, args, limits)).stdout;
  } catch (error) {
    const { code, stdout } = failureSchema.parse(error);
    if (code === 1 && stdout !== '') return stdout;
    if (code === 'ENOENT') throw new Error(`${program} is not installed: pip install ${program}==3.3.30`);
    throw error;
  }
}

const failureSchema = z.object({ code: z.union([z.number(), z.string()]).nullish(), stdout: z.string().default('') });

process.exitCode = await main();
