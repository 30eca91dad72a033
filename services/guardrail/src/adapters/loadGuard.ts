import { readFileSync } from 'node:fs';
import { loadModel, type Model } from '../domain/classifier/model.ts';
import { createGuard, type Guard } from '../domain/judge.ts';
import type { Read } from '../domain/layer.ts';
import { createReader } from '../domain/reading/readings.ts';
import { createVocabulary } from '../domain/reading/vocabulary.ts';

/**
 * The guard with what was trained for it (`model/`).
 * @throws RangeError if the model file is damaged: no service may start without its model
 */
export function loadGuard(): Guard {
  return createGuard(loadGuardParts());
}

/**
 * What the guard is made of: its way of reading, and its model.
 * @throws RangeError as {@link loadGuard}
 */
export function loadGuardParts(): { readonly read: Read; readonly model: Model } {
  const vocabulary = createVocabulary(readFileSync(new URL('vocabulary.txt', modelFolder), 'utf8'));
  const model = loadModel(readFileSync(new URL('guardrail.model', modelFolder)));
  return { read: createReader({ vocabulary }), model };
}

const modelFolder = new URL('../../model/', import.meta.url);
