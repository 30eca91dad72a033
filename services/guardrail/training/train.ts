import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeModel } from '../src/domain/classifier/model.ts';
import { createReader } from '../src/domain/reading/readings.ts';
import { createVocabulary } from '../src/domain/reading/vocabulary.ts';
import { grammarSamples, readSamples, withoutMislabelled } from './corpus.ts';
import { createRandom } from './random.ts';
import { recipe } from './recipe.ts';
import { trainModel } from './trainModel.ts';
import { makeVocabulary } from './vocabulary.ts';

const modelFolder = fileURLToPath(new URL('../model/', import.meta.url));
const corpusFile =
  process.argv[2] ?? fileURLToPath(new URL('../../../../shared/guardrail/train.jsonl.gz', import.meta.url));

const corpus = withoutMislabelled(readSamples(corpusFile));
const vocabularyText = makeVocabulary(corpus);
const read = createReader({ vocabulary: createVocabulary(vocabularyText) });
const samples = [...corpus, ...grammarSamples(createRandom(recipe.seed))];
const { header, weights } = trainModel(samples, recipe, read);
writeFileSync(`${modelFolder}vocabulary.txt`, vocabularyText);
writeFileSync(`${modelFolder}guardrail.model`, writeModel(header, weights));
process.stdout.write(`${JSON.stringify(header, null, 2)}\n`);
