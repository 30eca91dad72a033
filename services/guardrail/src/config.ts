import { baseConfigSchema } from '@todo-chatbot/service-kit';
import { z } from 'zod';

/** Configuration of the service. */
export const configSchema = baseConfigSchema.extend({
  /** Path of a model file that judges in the shadow: counted and compared, never obeyed. Unset: none does. Not secret. */
  GUARDRAIL_SHADOW_MODEL: z.string().min(1).optional(),
});
export type Config = z.infer<typeof configSchema>;
