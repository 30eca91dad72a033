/**
 * Measures the guardrail on labelled texts: `node tests/bench/guardrail.ts FILE [--split valid|train|all] [--mode input|document]
 * [--faults KIND] [--json]`. FILE is JSON lines, gzipped or not, with text, label (1 attack, 0 harmless), source, kind and split. Shares are of
 * blocked texts, at the product's default settings. The texts are data: nothing in them is acted upon.
 */
import { inspect, parseArgs } from 'node:util';
import { z } from 'zod';
import { loadGuard } from '../../services/guardrail/src/adapters/loadGuard.ts';
import { readSamples, type Sample } from '../../services/guardrail/training/corpus.ts';

/** Longest text of a class of lengths, in UTF-16 code units; the last is what the guardrail looks at in one piece. */
const lengthClasses = [40, 200, 1000, 8000] as const;
const warmUpTexts = 500;

interface Judged {
  readonly sample: Sample;
  readonly isBlocked: boolean;
  readonly score: number;
  readonly reason: string;
  readonly ms: number;
}

const { values, positionals } = parseArgs({
  options: {
    split: { type: 'string', default: 'valid' },
    mode: { type: 'string', default: 'input' },
    faults: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const direction = z.enum(['input', 'document']).parse(values.mode);
const split = z.enum(['valid', 'train', 'all']).parse(values.split);
const file = positionals[0];
if (!file) throw new Error('Name the file with the data: node tests/bench/guardrail.ts FILE');

const { judge } = loadGuard();
const samples = readSamples(file).filter(({ isHeldOut }) => split === 'all' || isHeldOut === (split === 'valid'));
for (const { text } of samples.slice(0, warmUpTexts)) judge({ text, direction });
const judged = samples.map((sample): Judged => {
  const begin = performance.now();
  const { verdict, score, layer, reason } = judge({ text: sample.text, direction });
  const ms = performance.now() - begin;
  return { sample, isBlocked: verdict === 'block', score, reason: `${layer}:${reason}`, ms };
});

for (const { sample, isBlocked, reason } of judged) {
  const isWanted = values.faults === sample.kind || values.faults === 'all';
  if (!isWanted || isBlocked === (sample.label === 1)) continue;
  const fault = isBlocked ? `false alarm ${reason}` : 'missed';
  console.log(`${fault} [${sample.kind}] ${JSON.stringify(sample.text.slice(0, 300))}`);
}

const attacks = judged.filter(({ sample }) => sample.label === 1);
const harmless = judged.filter(({ sample }) => sample.label === 0);
const blockedBy = (of: readonly Judged[], keyOf: (one: Judged) => string) =>
  Object.fromEntries(
    [...Map.groupBy(of, keyOf)]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, group]) => [key, `${percent(share(group))} of ${group.length}`]),
  );
const result = {
  recall: share(attacks),
  recallByKind: meanShare(attacks),
  falseAlarms: share(harmless),
  falseAlarmsByKind: meanShare(harmless),
  areaUnderCurve: areaUnderCurve(attacks, harmless),
  attacks: attacks.length,
  harmless: harmless.length,
  latencyMs: Object.fromEntries(
    lengthClasses.map((longest, index) => {
      const shortest = lengthClasses[index - 1] ?? 0;
      const times = judged.flatMap(({ sample: { text }, ms }) =>
        text.length > shortest && text.length <= longest ? [ms] : [],
      );
      return [`up to ${longest} characters`, { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }];
    }),
  ),
  blockedAttacks: blockedBy(attacks, ({ sample }) => sample.kind),
  blockedAttacksBySource: blockedBy(attacks, ({ sample }) => sample.source),
  blockedHarmless: blockedBy(harmless, ({ sample }) => sample.kind),
  blockedHarmlessBySource: blockedBy(harmless, ({ sample }) => sample.source),
  attacksByReason: Object.fromEntries(
    [
      ...Map.groupBy(
        attacks.filter(({ isBlocked }) => isBlocked),
        ({ reason }) => reason,
      ),
    ]
      .map(([reason, group]) => [reason, group.length] as const)
      .toSorted(([, a], [, b]) => b - a),
  ),
};
console.log(values.json ? JSON.stringify(result) : inspect(result, { breakLength: 100, depth: 3 }));

function share(of: readonly Judged[]): number {
  return rounded(of.filter(({ isBlocked }) => isBlocked).length / Math.max(1, of.length));
}

/** The mean of the shares of all kinds, so that a large kind counts no more than a small one. */
function meanShare(of: readonly Judged[]): number {
  const shares = [...Map.groupBy(of, ({ sample }) => sample.kind).values()].map(share);
  return rounded(shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length));
}

/** How often an attack has a higher score than a harmless text; ties count half. */
function areaUnderCurve(positives: readonly Judged[], negatives: readonly Judged[]): number {
  const ranked = [...positives, ...negatives].toSorted((a, b) => a.score - b.score);
  let ranks = 0;
  for (let first = 0; first < ranked.length; ) {
    let end = first;
    while (end < ranked.length && ranked[end]?.score === ranked[first]?.score) end += 1;
    const tied = ranked.slice(first, end).filter(({ sample }) => sample.label === 1).length;
    ranks += (tied * (first + 1 + end)) / 2;
    first = end;
  }
  const pairs = positives.length * negatives.length;
  return pairs === 0 ? 0 : rounded((ranks - (positives.length * (positives.length + 1)) / 2) / pairs);
}

function quantile(times: readonly number[], at: number): number {
  return rounded(times.toSorted((a, b) => a - b)[Math.floor(times.length * at)] ?? 0);
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
