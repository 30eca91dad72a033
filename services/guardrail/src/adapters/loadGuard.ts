import { createGuard, type Guard } from '../domain/judge.ts';
import { readingsOf } from '../domain/reading/readings.ts';

/** The guard with what was trained for it. */
export function loadGuard(): Guard {
  return createGuard({ read: readingsOf });
}
