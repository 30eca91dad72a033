/**
 * Measures the guardrail's rules on labelled texts: `node tests/bench/guardrail.ts FILE [--split valid] [--faults KIND]`. FILE is
 * gzipped JSON lines with text, label (1 attack, 0 benign), kind and split. The texts are data: nothing in them is acted upon.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { judge } from '../../services/guardrail/src/domain/judge.ts';

const rowSchema = z.object({
  text: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  kind: z.string(),
  split: z.string(),
});

const { values, positionals } = parseArgs({
  options: { split: { type: 'string', default: 'valid' }, faults: { type: 'string' } },
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

const percent = ({ rows: all, blocked }: { rows: number; blocked: number }) =>
  `${((100 * blocked) / all).toFixed(2)} % of ${all}`;
for (const [name, counts] of [...kinds].toSorted(([a], [b]) => a.localeCompare(b)))
  console.log(`${name.padEnd(34)} blocked ${percent(counts)}`);
console.log(
  [...layers]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', '),
);
const [benign, attacks] = total;
if (benign && attacks) console.log(`recall ${percent(attacks)} attacks; false alarms ${percent(benign)} benign texts`);
times.sort((a, b) => a - b);
console.log(
  `time median ${times[Math.floor(times.length / 2)]?.toFixed(3)} ms, 99th percentile ${times[Math.floor(times.length * 0.99)]?.toFixed(3)} ms`,
);
