import type { Augmentation } from './augment.ts';
import type { FalseAlarmBounds } from './calibration.ts';

/** All that decides what is learned, beside the data. Chosen by leaving out whole sources and genres (`crossValidation.ts`). */
export interface Recipe {
  readonly seed: number;
  /** Times that each text is looked at. */
  readonly epochs: number;
  /** Step size of the learner. */
  readonly rate: number;
  /** Weights whose evidence stays below are zero: less learned by heart, and fewer chance hits. */
  readonly sparsity: number;
  /** Pull of weights towards zero. */
  readonly ridge: number;
  /** What a feature of each family counts (`featureFamilies`). */
  readonly familyValues: readonly number[];
  /** How much of a long text's lesson is about the whole of it; its strongest window counts 1. */
  readonly wholeWeight: number;
  /** Share of the whole text in the joined logit. */
  readonly wholeShare: number;
  /** Added to the logit of a reading that undid a disguise. */
  readonly disguiseWeight: number;
  /** A source with more texts counts as the square root of their number says, so that none rules. */
  readonly fullWeightTexts: number;
  /** How much more an attack counts than a harmless text: there are fewer of them. */
  readonly attackWeight: number;
  /** Factors of kinds of attack that are mostly code to be run, and say little about instructions to a model. */
  readonly kindWeights: Readonly<Record<string, number>>;
  readonly augmentation: Augmentation;
  /** False alarms that the block threshold of messages, and that of documents, may cost. */
  readonly inputBounds: FalseAlarmBounds;
  readonly documentBounds: FalseAlarmBounds;
  /** Added to the logit for messages: held-out texts are of known sources, and harmless talk from elsewhere scores somewhat higher. */
  readonly inputMargin: number;
  /** How fast the score rises with the logit. */
  readonly slope: number;
}

/** The recipe of the committed model. */
export const recipe: Recipe = {
  seed: 20261126,
  epochs: 6,
  rate: 2,
  sparsity: 0.2,
  ridge: 0.1,
  familyValues: [1, 1, 0.5, 1.4, 1],
  wholeWeight: 0.5,
  wholeShare: 0.3,
  disguiseWeight: 0.3,
  fullWeightTexts: 500,
  attackWeight: 2,
  kindWeights: { adversarial: 0.5, encoding: 0.5, training_extraction: 0.5, model_fingerprinting: 0.3 },
  augmentation: {
    slipShare: 0.15,
    disguiseShare: 0.05,
    joinedDocuments: 3000,
    buriedAttacks: 3000,
    framedTexts: 3000,
    structuredTexts: 3000,
  },
  inputBounds: { chat: 0.001, 'risky-chat': 0.008, 'trigger-words': 0.01, requests: 0.01, pages: 0.01 },
  documentBounds: { pages: 0.02 },
  inputMargin: 0.4,
  slope: 1,
};
