/**
 * Puts the same labelled texts through the guardrail and through two packages of npm, in the same run:
 * `node tests/bench/guardrailPeers.ts FILE [--split valid|all] [--json]`. FILE is as for `guardrail.ts`. Each detector is taken as its
 * documentation shows it, with its own defaults.
 */
import { inspect, parseArgs } from 'node:util';
import vard from '@andersmyrmel/vard';
import { checkInjection, checkJailbreak } from 'llm_guardrail';
import { loadGuard } from '../../services/guardrail/src/adapters/loadGuard.ts';
import { readSamples } from '../../services/guardrail/training/corpus.ts';

/** Longest text of a class of lengths, in UTF-16 code units. */
const lengthClasses = [40, 200, 1000, 8000] as const;
const warmUpTexts = 300;

const { judge } = loadGuard();
const detectors: Readonly<Record<string, (text: string) => boolean | Promise<boolean>>> = {
  guardrail: (text) => judge({ text, direction: 'input' }).verdict === 'block',
  '@andersmyrmel/vard': (text) => !vard.safe(text).safe,
  llm_guardrail: async (text) => (await checkInjection(text)).detected || (await checkJailbreak(text)).detected,
};

const { values, positionals } = parseArgs({
  options: { split: { type: 'string', default: 'valid' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const file = positionals[0];
if (!file) throw new Error('Name the file with the data: node tests/bench/guardrailPeers.ts FILE');
const samples = readSamples(file).filter(({ isHeldOut }) => values.split === 'all' || isHeldOut);

const results: Record<string, object> = {};
for (const [name, detect] of Object.entries(detectors)) {
  for (const { text } of samples.slice(0, warmUpTexts)) await detect(text);
  const judged: { readonly sample: (typeof samples)[number]; readonly isFlagged: boolean; readonly ms: number }[] = [];
  for (const sample of samples) {
    const begin = performance.now();
    const isFlagged = await detect(sample.text);
    judged.push({ sample, isFlagged, ms: performance.now() - begin });
  }
  const shareOf = (label: 0 | 1) => {
    const kinds = Map.groupBy(
      judged.filter(({ sample }) => sample.label === label),
      ({ sample }) => sample.kind,
    );
    const shares = [...kinds.values()].map((kind) => kind.filter(({ isFlagged }) => isFlagged).length / kind.length);
    return rounded(shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length));
  };
  results[name] = {
    recallMeanOfKinds: shareOf(1),
    falseAlarmsMeanOfKinds: shareOf(0),
    latencyMs: Object.fromEntries(
      lengthClasses.map((longest, index) => {
        const shortest = lengthClasses[index - 1] ?? 0;
        const times = judged
          .flatMap(({ sample: { text }, ms }) => (text.length > shortest && text.length <= longest ? [ms] : []))
          .sort((a, b) => a - b);
        const at = (share: number) => rounded(times[Math.floor(times.length * share)] ?? 0);
        return [`up to ${longest} characters`, { texts: times.length, p50: at(0.5), p99: at(0.99) }];
      }),
    ),
  };
}
console.log(values.json ? JSON.stringify(results) : inspect(results, { breakLength: 100, depth: 4 }));

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
