import { readFileSync } from 'node:fs';
import type { Logger } from '@todo-chatbot/service-kit';
import { loadModel, type Model } from '../domain/classifier/model.ts';
import { createGuard, type Guard } from '../domain/judge.ts';
import { loadGuardParts } from './loadGuard.ts';

/** A guard and the model that it judges by. */
export interface ModelledGuard {
  readonly guard: Guard;
  readonly model: Pick<Model, 'version' | 'referenceScores'>;
}

/** The guard in force, and one whose model is on trial; null: there is none. */
export interface Guards extends ModelledGuard {
  readonly trial: ModelledGuard | null;
}

/**
 * Loads what judges. `trialFile`: a model file that judges in the shadow; one that cannot be loaded is reported and left out, because a
 * trial may never keep the service from its work.
 * @throws RangeError if the model in force is damaged
 */
export function loadGuards({
  trialFile,
  logger,
}: {
  readonly trialFile: string | undefined;
  readonly logger: Pick<Logger, 'error'>;
}): Guards {
  const { read, model } = loadGuardParts();
  const modelled = (by: Model): ModelledGuard => ({ guard: createGuard({ read, model: by }), model: by });
  const onTrial = trialFile === undefined ? null : loadTrial(trialFile, logger);
  return { ...modelled(model), trial: onTrial && modelled(onTrial) };
}

function loadTrial(file: string, logger: Pick<Logger, 'error'>): Model | null {
  try {
    return loadModel(readFileSync(file));
  } catch (error) {
    logger.error({ err: error }, 'the model on trial could not be loaded');
    return null;
  }
}
