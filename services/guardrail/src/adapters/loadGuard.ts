import { readFileSync } from 'node:fs';
import { createGuard, type Guard } from '../domain/judge.ts';
import { createReader } from '../domain/reading/readings.ts';
import { createVocabulary } from '../domain/reading/vocabulary.ts';

/** The guard with what was trained for it. */
export function loadGuard(): Guard {
  const vocabulary = createVocabulary(readFileSync(new URL('../../model/vocabulary.txt', import.meta.url), 'utf8'));
  return createGuard({ read: createReader({ vocabulary }) });
}
