import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { oneOf } from '../leaves.ts';

/** Longest text that the guardrail judges, in UTF-16 code units; longer is blocked by its length layer. */
export const guardrailTextLimit = 8000;

/** A text to be judged. */
export const judgeRequestSchema = z.strictObject({
  /** `input`: from the person. `output`: from the bot, before it is sent. */
  direction: oneOf(['input', 'output']),
  text: annotated(z.string().max(guardrailTextLimit * 2), 'conversation.content'),
});

/** Layers of GUARD-2 and GUARD-3, in the order in which they judge. */
export const guardrailLayers = ['length', 'unicode', 'pattern', 'leak', 'secret', 'internal'] as const;

/** The verdict; `layer` and `reason` are set when the text is blocked. */
export const judgementSchema = z.strictObject({
  id: idSchema('judgement'),
  verdict: annotated(z.enum(['allow', 'block']), 'guardrail.evidence'),
  /** The layer that blocked; `null` when allowed. */
  layer: annotated(z.enum(guardrailLayers), 'guardrail.evidence').nullable(),
  /** Closed reason code such as `ignore-instructions`; `null` when allowed. */
  reason: annotated(z.string().max(100), 'guardrail.evidence').nullable(),
  /** 0 (harmless) to 1 (attack). */
  score: annotated(z.number().min(0).max(1), 'guardrail.evidence'),
  /** Version of the rules that judged. */
  ruleVersion: annotated(z.string().max(50), 'protocol.internal'),
});
export type Judgement = z.infer<typeof judgementSchema>;
