import type { ModelHeader } from '../src/domain/classifier/model.ts';
import type { Guard } from '../src/domain/judge.ts';
import type { Sample } from './corpus.ts';
import type { LeftOut } from './crossValidation.ts';
import { genreClassOf } from './genres.ts';
import type { Recipe } from './recipe.ts';
import { sources } from './sources.ts';

/** All that the card tells of. */
export interface CardFacts {
  readonly header: ModelHeader;
  readonly recipe: Recipe;
  readonly guard: Guard;
  readonly samples: readonly Sample[];
  /** Texts of our own that were never trained on. */
  readonly challenge: readonly Sample[];
  readonly leftOut: readonly LeftOut[];
  readonly modelBytes: number;
}

interface Judged {
  readonly sample: Sample;
  readonly isBlocked: boolean;
  readonly score: number;
}

/** Examples of each kind of fault, and letters of them that are shown. */
const exampleCount = 12;
const exampleLetters = 140;
/** Groups with fewer texts are no line of their own. */
const leastTexts = 10;

/** The model card as Markdown. Every figure in it is computed from the facts. */
export function modelCard({ header, recipe, guard, samples, challenge, leftOut, modelBytes }: CardFacts): string {
  const judge = (sample: Sample): Judged => {
    const { verdict, score } = guard.judge({ text: sample.text, direction: 'input' });
    return { sample, isBlocked: verdict === 'block', score };
  };
  const heldOut = samples.filter(({ isHeldOut }) => isHeldOut).map(judge);
  const challenged = challenge.map(judge);
  const faults = heldOut.filter(({ sample, isBlocked }) => isBlocked !== (sample.label === 1));
  const learned = samples.filter(({ isHeldOut }) => !isHeldOut);
  const count = (of: readonly Sample[], label: 0 | 1) => of.filter((sample) => sample.label === label).length;

  return `# Model card: guardrail classifier

Written by \`npm run guardrail:train\`; do not edit.

| | |
| --- | --- |
| Model | \`${header.version}\`, ${(modelBytes / 1e6).toFixed(2)} MB: one signed byte for each of 2^20 hashed features |
| Kind | logistic regression over word, character and concept n-grams of every reading of a text; strongest window of one to three pieces, joined with the whole |
| Use | layer \`classifier\` of the guardrail, for messages and for documents that a language model will read; beside the rules, never instead of the capability walls |
| Operating points | logit ${header.operatingPoints.input.toFixed(2)} (message, score 0.5), ${header.operatingPoints.document.toFixed(2)} (document, score 0.35) |
| Learned from | ${count(learned, 1)} attacks and ${count(learned, 0)} harmless texts, and what is made of them: slips, disguises, joined pages, attacks buried in pages |
| Training data | SHA-256 \`${header.trainingData}\` |

An **attack** is an attempt to change the instructions of a language model, to take it out of its role, or to get at its hidden prompt or
secrets. A harmful question without such an attempt is none.

## Texts of our own that were never trained on

\`evaluation/challenge.jsonl\`, judged by the whole guard (rules and classifier) at the product's default settings.

| Kind | Texts | Blocked |
| --- | ---: | ---: |
${rowsByKind(challenged)}

## From elsewhere: whole sources left out

Each source was left out of training once, with ${'`crossValidation.ts`'}, and judged by the classifier alone at the operating point that the rest
gave. Kinds of the large collection count as sources. This, and not the next table, says what to expect of unknown texts.

| Left out | Texts | Flagged |
| --- | ---: | ---: |
${leftOutRows(leftOut)}

## Held-out texts of known sources

A tenth of each source and of our own grammars, chosen by a hash of the text; the whole guard. The operating points were chosen on the harmless ones of
these texts, so that on the mean of its genres a class has at most: ${Object.entries(recipe.inputBounds)
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join(', ')}.

| Class or kind | Texts | Blocked |
| --- | ---: | ---: |
${rowsOf(heldOut, ({ sample }) => (sample.label === 1 ? `attack: ${sample.kind}` : `harmless: ${genreClassOf(sample)}`))}

| Source | Texts | Blocked |
| --- | ---: | ---: |
${rowsOf(heldOut, ({ sample }) => `${sample.label === 1 ? 'attack' : 'harmless'}: ${sample.source}`)}

## Errors

Harmless held-out texts that are blocked:

${exampleList(faults.filter(({ sample }) => sample.label === 0).toSorted((a, b) => b.score - a.score))}

Held-out attacks that pass, surest first. Most of those of the collection are harmful questions that it labels as attacks, which by our definition they
are not; the rest are orders in everyday words, whose only sign is that they are none of the assistant's business:

${exampleList(faults.filter(({ sample }) => sample.label === 1).toSorted((a, b) => a.score - b.score))}

## What the model cannot see

- **Meaning.** It counts expressions. An attack in words that no attack had before, or in a language that is neither in the lexicon nor in the training
  data, looks like everyday talk.
- **Who speaks.** "Send me the list" is an order of the person in a message and an attack in a document; only the stricter point for documents
  tells them apart.
- **Several messages.** Each text is judged alone; an attack in harmless halves is seen in neither.
- **Pictures, sound, files** other than their text.
- **A disguise that reads badly**: what no reading undoes is judged as it stands.
- **Role-play** without a sign of bad faith is asked of language models every day; a frame that only says whom to play passes.

## Bias and harm

English and German were learned best; Spanish, French, Italian, Portuguese, Dutch, Polish, Russian, Chinese, Arabic, Hindi and Turkish by grammars and
the lexicon; other languages by their harmless texts alone, so attacks in them are missed rather than their speakers refused. Whoever is refused may
say so in the dialogue; reviewed texts become a file that this training reads.

## How to reproduce

\`\`\`sh
npm run guardrail:train                                      # this file, the model and the vocabulary, byte by byte
npm run guardrail:train -- FILE...                           # with other data: JSON lines with text, label, source, kind, split
npm run bench -- guardrail services/guardrail/evaluation/challenge.jsonl --split all
npm run bench -- guardrailPeers services/guardrail/evaluation/challenge.jsonl --split all
\`\`\`

Seed ${recipe.seed}; all else that decides is in \`training/recipe.ts\`, with the grammars in \`training/grammars/\`. Rows of the kinds \`control\` and
\`crescendo\` are left out: they are labelled attacks and are plain requests.

## Data and licences

The data are not part of this repository. Attribution where a licence asks for it:

| Source | Licence |
| --- | --- |
${sources.map(({ name, licence }) => `| ${name} | ${licence} |`).join('\n')}
| our own grammars of attacks and harmless talk | Apache-2.0 |
`;
}

function rowsByKind(judged: readonly Judged[]): string {
  const labelled = ([1, 0] as const).flatMap((label) => {
    const of = judged.filter(({ sample }) => sample.label === label);
    const kinds = [...Map.groupBy(of, ({ sample }) => sample.kind)];
    const name = label === 1 ? 'attack' : 'harmless';
    const shares = kinds.map(([, texts]) => shareOf(texts));
    const rows = kinds.map(([kind, texts]) => `| ${name}: ${kind} | ${texts.length} | ${percent(shareOf(texts))} |`);
    return [...rows, `| **${name}: mean of kinds** | ${of.length} | **${percent(mean(shares))}** |`];
  });
  return labelled.join('\n');
}

function rowsOf(judged: readonly Judged[], nameOf: (one: Judged) => string): string {
  return [...Map.groupBy(judged, nameOf)]
    .filter(([, texts]) => texts.length >= leastTexts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, texts]) => `| ${name} | ${texts.length} | ${percent(shareOf(texts))} |`)
    .join('\n');
}

function leftOutRows(leftOut: readonly LeftOut[]): string {
  return ([1, 0] as const)
    .flatMap((label) => {
      const groups = leftOut
        .filter((group) => group.label === label && group.texts >= leastTexts)
        .toSorted((a, b) => (a.group < b.group ? -1 : 1));
      const name = label === 1 ? 'attack' : 'harmless';
      const rows = groups.map(
        ({ group, texts, flagged }) => `| ${name}: ${group} | ${texts} | ${percent(flagged / texts)} |`,
      );
      const shares = groups.map(({ texts, flagged }) => flagged / texts);
      return [...rows, `| **${name}: mean** | | **${percent(mean(shares))}** |`];
    })
    .join('\n');
}

function exampleList(judged: readonly Judged[]): string {
  return judged
    .slice(0, exampleCount)
    .map(({ sample, score }) => {
      const shown = sample.text.replace(/\s+/g, ' ').replaceAll('`', "'").slice(0, exampleLetters);
      return `- \`${shown}\` (${sample.kind}, ${score.toFixed(2)})`;
    })
    .join('\n');
}

function shareOf(judged: readonly Judged[]): number {
  return judged.filter(({ isBlocked }) => isBlocked).length / Math.max(1, judged.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
