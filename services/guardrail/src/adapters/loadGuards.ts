import type { Guard } from '../domain/judge.ts';
import { loadGuard } from './loadGuard.ts';

/** A guard and the model that it judges by. */
export interface ModelledGuard {
  readonly guard: Guard;
  readonly modelVersion: string;
}

/** The guard in force, and one on trial. */
export interface Guards extends ModelledGuard {
  /** Shares of the model's own scores by tenths, by which a drift is seen; null: it has none. */
  readonly reference: readonly number[] | null;
  /** Judges in the shadow; null: there is none. */
  readonly trial: ModelledGuard | null;
}

/** Loads what judges. */
export function loadGuards(): Guards {
  return { guard: loadGuard(), modelVersion: 'none', reference: null, trial: null };
}
