import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { countSchema, flagSchema, instantSchema, oneOf, pageSizeSchema, positiveCountSchema } from '../leaves.ts';
import { cursorSchema } from './common.ts';

/** Longest text that the guardrail judges, in UTF-16 code units; longer is blocked by its length layer. */
export const guardrailTextLimit = 8000;

/**
 * Where a text is from. `input`: the person. `document`: third parties, to be read by a language model; stricter. `output`: the bot, before
 * it is sent.
 */
export const guardrailDirections = ['input', 'document', 'output'] as const;
export type GuardrailDirection = (typeof guardrailDirections)[number];

/** Layers of GUARD-2 and GUARD-3, in the order in which they judge. */
export const guardrailLayers = [
  'length',
  'unicode',
  'pattern',
  'custom',
  'classifier',
  'leak',
  'secret',
  'internal',
  'personal',
  'link',
] as const;
export type GuardrailLayer = (typeof guardrailLayers)[number];

/**
 * What becomes of a text. `warn`: let through, logged, and answered with more care (input, document). `mask`: sent without the pieces that
 * are not for the reader (output). `block`: neither understood nor sent.
 */
export const guardrailVerdicts = ['allow', 'warn', 'mask', 'block'] as const;
export type GuardrailVerdict = (typeof guardrailVerdicts)[number];

const longText = annotated(z.string().max(guardrailTextLimit * 2), 'conversation.content');

/** What stands in a reply where a piece of it was masked. */
export const guardrailMask = '***';

/** Most texts with which a reply is compared: those of a long list of tasks. */
export const knownTextsLimit = 100;

/** What a reply is compared with. */
export const replyContextSchema = z.strictObject({
  /** The instructions that the language model was given; none of them may come out. */
  instructions: longText.nullable().default(null),
  /** Texts that the reader wrote or owns: what they hold may be told them again. */
  known: z.array(longText).max(knownTextsLimit).default([]),
});
export type ReplyContext = z.infer<typeof replyContextSchema>;

/** A text to be judged. */
export const judgeRequestSchema = z.strictObject({
  direction: oneOf(guardrailDirections),
  text: longText,
  /** Only of a reply. */
  context: replyContextSchema.optional(),
});
export type JudgeRequest = z.infer<typeof judgeRequestSchema>;

const layerSchema = annotated(z.enum(guardrailLayers), 'guardrail.evidence');
const reasonSchema = annotated(z.string().max(100), 'guardrail.evidence');
const scoreSchema = annotated(z.number().min(0).max(1), 'guardrail.evidence');
const ruleVersionSchema = annotated(z.string().max(50), 'protocol.internal');

/** The verdict; `layer` and `reason` are those of the gravest finding and are set unless all is well. */
export const judgementSchema = z.strictObject({
  id: idSchema('judgement'),
  verdict: annotated(z.enum(guardrailVerdicts), 'guardrail.evidence'),
  layer: layerSchema.nullable(),
  /** Closed reason code such as `ignore-instructions`. */
  reason: reasonSchema.nullable(),
  /** 0 (harmless) to 1 (attack). */
  score: scoreSchema,
  /** Version of the rules and of the model that judged. */
  ruleVersion: ruleVersionSchema,
  /** Version of the settings that judged. */
  settingsVersion: countSchema,
  /** The text without what the reader may not see, when the verdict is `mask`. */
  masked: longText.nullable(),
});
export type Judgement = z.infer<typeof judgementSchema>;

/** Scores from which on a text is logged, and blocked. Bounded: no editor can open the wall altogether, nor shut everybody out. */
export const guardrailThresholdsSchema = z
  .strictObject({
    warn: annotated(z.number().min(0.1).max(0.95), 'protocol.internal'),
    block: annotated(z.number().min(0.2).max(0.95), 'protocol.internal'),
  })
  .refine(({ warn, block }) => warn <= block, 'warn must not be above block');
export type GuardrailThresholds = z.infer<typeof guardrailThresholdsSchema>;

/** Most patterns of one's own. */
export const customPatternsLimit = 100;

/**
 * A phrase of one's own: words with single spaces, `*` for up to five words between, a trailing `*` in a word for any ending
 * (`ignor* * protocol`). Compared as words, whatever their case, accents and disguises. No regular expression: its time is linear.
 */
export const customPatternSchema = z.strictObject({
  name: annotated(
    z.string().regex(/^[a-z][a-z0-9-]{1,49}$/, 'must be lower-case words joined by hyphens'),
    'protocol.internal',
  ),
  phrase: annotated(z.string().trim().min(3).max(200), 'protocol.internal'),
  action: oneOf(['warn', 'block']),
});
export type CustomPattern = z.infer<typeof customPatternSchema>;

/** What an editor may change of the guardrail. */
export const guardrailRulesetSchema = z.strictObject({
  input: guardrailThresholdsSchema,
  document: guardrailThresholdsSchema,
  customPatterns: z.array(customPatternSchema).max(customPatternsLimit),
});
export type GuardrailRuleset = z.infer<typeof guardrailRulesetSchema>;

/**
 * Longest body with a ruleset: a hundred patterns with the longest phrases, of three bytes for each UTF-16 code unit. The door and the
 * guardrail must take the same.
 */
export const rulesetBodyLimitBytes = 128 * 1024;

/** Longest body of a trial, which has a ruleset and a text. */
export const trialBodyLimitBytes = 2 * rulesetBodyLimitBytes;

/** The settings of the product before anybody changed them: version 0. */
export const defaultGuardrailRuleset: GuardrailRuleset = {
  input: { warn: 0.3, block: 0.5 },
  document: { warn: 0.2, block: 0.35 },
  customPatterns: [],
};

/** The settings in force, or an earlier version of them. Version 0 is the product's own, and nobody's change. */
export const guardrailSettingsSchema = z.strictObject({
  version: countSchema,
  ruleset: guardrailRulesetSchema,
  changedBy: idSchema('user').nullable(),
  changedAt: instantSchema.nullable(),
});
export type GuardrailSettings = z.infer<typeof guardrailSettingsSchema>;

/** Newest version first, at most the last hundred; fewer when they are long. */
export const guardrailSettingsHistorySchema = z.strictObject({ items: z.array(guardrailSettingsSchema).max(100) });

/** A change of the settings; refused with a conflict when `version` is no longer the one in force. */
export const changeGuardrailSettingsRequestSchema = z.strictObject({
  version: countSchema,
  ruleset: guardrailRulesetSchema,
});

/** A ruleset that is not in force, to be tried on what was judged. */
export const previewGuardrailSettingsRequestSchema = z.strictObject({ ruleset: guardrailRulesetSchema });

/** How many texts would have been judged otherwise. */
export const guardrailPreviewSchema = z.strictObject({
  /** Decisions of the last 30 days by the verdict that they had and the one that they would have. */
  changes: z
    .array(
      z.strictObject({
        from: annotated(z.enum(['allow', 'warn', 'block']), 'guardrail.evidence'),
        to: annotated(z.enum(['allow', 'warn', 'block']), 'guardrail.evidence'),
        count: countSchema,
      }),
    )
    .max(9),
  /** How many kept texts were read again for the custom patterns, and how many of all there are. */
  textsRead: countSchema,
  textsKept: countSchema,
});
export type GuardrailPreview = z.infer<typeof guardrailPreviewSchema>;

/** A text to be tried on a ruleset, or on the one in force: nothing is kept of it. */
export const tryGuardrailRequestSchema = z.strictObject({
  direction: oneOf(guardrailDirections),
  text: longText.refine((text) => text.trim() !== '', 'must hold something'),
  ruleset: guardrailRulesetSchema.optional(),
});

/** What would become of a text, and what each layer says of it. */
export const guardrailTrialSchema = z.strictObject({
  verdict: annotated(z.enum(guardrailVerdicts), 'guardrail.evidence'),
  findings: z
    .array(z.strictObject({ layer: layerSchema, reason: reasonSchema, score: scoreSchema }))
    .max(guardrailLayers.length),
  score: scoreSchema,
  ruleVersion: ruleVersionSchema,
  masked: longText.nullable(),
  /** What a disguised text was read as, at most the first ten readings. */
  readings: z.array(longText).max(10),
});
export type GuardrailTrial = z.infer<typeof guardrailTrialSchema>;

/** What people say of a decision: the person concerned, or whoever reviews it. */
export const guardrailFeedbackLabels = ['harmless', 'attack'] as const;
export type GuardrailFeedbackLabel = (typeof guardrailFeedbackLabels)[number];

/** A decision as reviewers see it in lists, without the text. */
export const guardrailDecisionSchema = z.strictObject({
  id: idSchema('judgement'),
  userId: idSchema('user'),
  direction: oneOf(guardrailDirections),
  verdict: annotated(z.enum(guardrailVerdicts), 'guardrail.evidence'),
  layer: layerSchema,
  reason: reasonSchema,
  score: scoreSchema,
  ruleVersion: ruleVersionSchema,
  settingsVersion: countSchema,
  /** UTF-16 code units. */
  textLength: annotated(z.int().min(0), 'guardrail.evidence'),
  /** The text is kept for review, because its person agreed to that. */
  isTextKept: flagSchema,
  /** What the person said of it. */
  personLabel: oneOf(guardrailFeedbackLabels).nullable(),
  /** What a reviewer said of it; it is what counts. */
  reviewLabel: oneOf(guardrailFeedbackLabels).nullable(),
  createdAt: instantSchema,
});
export type GuardrailDecision = z.infer<typeof guardrailDecisionSchema>;

/** Query of a page of decisions, newest first. */
export const guardrailDecisionsQuerySchema = z.strictObject({
  verdict: oneOf(['warn', 'mask', 'block']).optional(),
  layer: oneOf(guardrailLayers).optional(),
  /** Only those that nobody has reviewed and whose person called them harmless. */
  disputed: oneOf(['true']).optional(),
  limit: pageSizeSchema(100, 50),
  cursor: cursorSchema.optional(),
});
/** Newest first. */
export const guardrailDecisionsSchema = z.strictObject({
  items: z.array(guardrailDecisionSchema).max(100),
  nextCursor: cursorSchema.nullable(),
});

/** Names one decision. */
export const guardrailDecisionParamsSchema = z.strictObject({ id: idSchema('judgement') });

/** A kept text, opened for a reviewer; `null` when it is not kept, or no longer. */
export const quarantinedTextSchema = z.strictObject({
  id: idSchema('judgement'),
  text: annotated(z.string().max(guardrailTextLimit * 2), 'guardrail.quarantine').nullable(),
});

/** What somebody says of a decision. */
export const guardrailFeedbackRequestSchema = z.strictObject({ label: oneOf(guardrailFeedbackLabels) });

/** One line of the evaluation file (JSON lines): a kept text with the label that a reviewer gave it, fit for training and measuring. */
export const evaluationLineSchema = z.strictObject({
  id: idSchema('judgement'),
  text: annotated(z.string().max(guardrailTextLimit * 2), 'guardrail.quarantine'),
  /** 1 attack, 0 harmless. */
  label: annotated(z.union([z.literal(0), z.literal(1)]), 'guardrail.evidence'),
  direction: oneOf(guardrailDirections),
});

/** Query of a page of the evaluation file. */
export const evaluationQuerySchema = z.strictObject({
  limit: pageSizeSchema(100, 100),
  cursor: cursorSchema.optional(),
});

/** A page of the evaluation file, oldest first. It may be shorter than asked for, or empty, although there is a next one. */
export const evaluationSchema = z.strictObject({
  items: z.array(evaluationLineSchema).max(100),
  nextCursor: cursorSchema.nullable(),
});

/** How the guardrail is doing: its model, one on trial, and how far the scores of the last day are from those of its training. */
export const guardrailStatusSchema = z.strictObject({
  ruleVersion: ruleVersionSchema,
  modelVersion: ruleVersionSchema,
  shadow: z
    .strictObject({
      modelVersion: ruleVersionSchema,
      judged: countSchema,
      /** Texts on which the two models come to different verdicts. */
      disagreed: countSchema,
    })
    .nullable(),
  drift: z.strictObject({
    /** Population stability index of the scores of messages; null below `leastJudged` texts. Above 0.25 is drift. */
    index: annotated(z.number().min(0), 'protocol.internal').nullable(),
    judged: countSchema,
    leastJudged: positiveCountSchema,
    limit: annotated(z.number().positive(), 'protocol.internal'),
  }),
});
export type GuardrailStatus = z.infer<typeof guardrailStatusSchema>;
