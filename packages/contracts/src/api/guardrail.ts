import { z } from 'zod';
import { classified } from '../dataClass.ts';
import { idSchema } from '../ids.ts';

/** Longest text that the guardrail judges, in UTF-16 code units; longer is blocked by its length layer. */
export const guardrailTextLimit = 8000;

/** A text to be judged. */
export const judgeRequestSchema = z.strictObject({
  /** `input`: from the person. `output`: from the bot, before it is sent. */
  direction: z.enum(['input', 'output']),
  text: classified(z.string().max(guardrailTextLimit * 2), 'confidential'),
});

/** Layers of GUARD-2 and GUARD-3, in the order in which they judge. */
export const guardrailLayers = ['length', 'unicode', 'pattern', 'leak', 'secret', 'internal'] as const;

/** The verdict; `layer` and `reason` are set when the text is blocked. */
export const judgementSchema = z.strictObject({
  id: idSchema('judgement'),
  verdict: z.enum(['allow', 'block']),
  /** The layer that blocked; `null` when allowed. */
  layer: z.enum(guardrailLayers).nullable(),
  /** Closed reason code such as `ignore-instructions`; `null` when allowed. */
  reason: z.string().max(100).nullable(),
  /** 0 (harmless) to 1 (attack). */
  score: z.number().min(0).max(1),
  /** Version of the rules that judged. */
  ruleVersion: z.string().max(50),
});
export type Judgement = z.infer<typeof judgementSchema>;
