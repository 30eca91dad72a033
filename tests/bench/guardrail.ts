/**
 * Measures the guardrail's rules on labelled texts: `node tests/bench/guardrail.ts FILE [--split valid] [--faults KIND] [--json]`. FILE is
 * gzipped JSON lines with text, label (1 attack, 0 benign), kind and split. The texts are data: nothing in them is acted upon.
 */
import { readFileSync } from 'node:fs';
import { inspect, parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { loadGuard } from '../../services/guardrail/src/adapters/loadGuard.ts';

const { judge } = loadGuard();

const rowSchema = z.object({
  text: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  kind: z.string(),
  split: z.string(),
});

const { values, positionals } = parseArgs({
  options: {
    split: { type: 'string', default: 'valid' },
    faults: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const file = positionals[0];
if (!file) throw new Error('Name the file with the data: node tests/bench/guardrail.ts FILE');

const rows = gunzipSync(readFileSync(file))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => rowSchema.parse(JSON.parse(line)))
  .filter(({ split }) => split === values.split);

const kinds = new Map<string, { rows: number; blocked: number }>();
const total = [
  { rows: 0, blocked: 0 },
  { rows: 0, blocked: 0 },
];
const layers = new Map<string, number>();
const times: number[] = [];
for (const { text, label, kind } of rows) {
  const begin = performance.now();
  const verdict = judge({ text, direction: 'input' });
  times.push(performance.now() - begin);
  const name = `${label === 1 ? 'attack' : 'benign'} ${kind}`;
  const counts = kinds.get(name) ?? { rows: 0, blocked: 0 };
  kinds.set(name, counts);
  const isBlocked = verdict.verdict === 'block';
  for (const count of [counts, total[label]]) {
    if (!count) continue;
    count.rows += 1;
    if (isBlocked) count.blocked += 1;
  }
  if (isBlocked && label === 1)
    layers.set(`${verdict.layer}:${verdict.reason}`, (layers.get(`${verdict.layer}:${verdict.reason}`) ?? 0) + 1);
  const isWanted = values.faults === kind || values.faults === 'all';
  if (isWanted && isBlocked !== (label === 1))
    console.log(
      `${isBlocked ? `false alarm ${verdict.layer}:${verdict.reason}` : 'missed'} [${kind}] ${JSON.stringify(text.slice(0, 300))}`,
    );
}

const [benign, attacks] = total;
times.sort((a, b) => a - b);
const result = {
  recall: share(attacks),
  falseAlarms: share(benign),
  attacks: attacks?.rows ?? 0,
  benign: benign?.rows ?? 0,
  medianMs: times[Math.floor(times.length / 2)],
  p99Ms: times[Math.floor(times.length * 0.99)],
  blockedByKind: Object.fromEntries(
    [...kinds]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, counts]) => [name, `${counts.blocked} of ${counts.rows}`]),
  ),
  attacksByReason: Object.fromEntries([...layers].toSorted(([, a], [, b]) => b - a)),
};
console.log(values.json ? JSON.stringify(result) : inspect(result, { breakLength: 100 }));

function share(counts: { rows: number; blocked: number } | undefined): number {
  return counts && counts.rows > 0 ? Math.round((10_000 * counts.blocked) / counts.rows) / 10_000 : 0;
}
