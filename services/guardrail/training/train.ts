import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createModel, writeModel } from '../src/domain/classifier/model.ts';
import { createGuard } from '../src/domain/judge.ts';
import { createReader } from '../src/domain/reading/readings.ts';
import { createVocabulary } from '../src/domain/reading/vocabulary.ts';
import { createBagOf } from './bag.ts';
import { grammarSamples, readSamples, type Sample, withoutMislabelled } from './corpus.ts';
import { crossValidate } from './crossValidation.ts';
import { modelCard } from './modelCard.ts';
import { createRandom } from './random.ts';
import { recipe } from './recipe.ts';
import { trainModel } from './trainModel.ts';
import { makeVocabulary } from './vocabulary.ts';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const named = process.argv.slice(2);
const files = named.length > 0 ? named : [pathOf('../../../../shared/guardrail/train.jsonl.gz')];
const say = (text: string) => process.stderr.write(`${text}\n`);

say(`Reading ${files.join(', ')} …`);
const corpus = withoutMislabelled(files.flatMap(readSamples));
const generated = grammarSamples(createRandom(recipe.seed));
const samples = [...corpus, ...generated];
const isLearned = ({ isHeldOut }: Sample) => !isHeldOut;
const vocabularyText = makeVocabulary(corpus.filter(isLearned), generated.filter(isLearned));
const read = createReader({ vocabulary: createVocabulary(vocabularyText) });
const bagOf = createBagOf(read);

say(`Training on ${samples.length} texts …`);
const { header, weights } = trainModel(samples, recipe, bagOf);
const modelBytes = writeModel(header, weights);
writeFileSync(pathOf('../model/vocabulary.txt'), vocabularyText);
writeFileSync(pathOf('../model/guardrail.model'), modelBytes);

say('Leaving out whole sources …');
const card = modelCard({
  header,
  recipe,
  guard: createGuard({ read, model: createModel(header, weights) }),
  samples,
  challenge: readSamples(pathOf('../evaluation/challenge.jsonl')),
  leftOut: crossValidate(samples, recipe, bagOf),
  modelBytes: modelBytes.length,
});
writeFileSync(pathOf('../model/MODEL-CARD.md'), card);
say(`Written: model ${header.version}, its vocabulary and its card, in services/guardrail/model.`);
