import { baseConfigSchema, originSchema } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { maxErasureDeadlineHours } from './domain/erasure.ts';
import { checkMailConfig, mailConfigShape } from './mailConfig.ts';

/** Environment of this service: that of every service, with a token issuer and audience that it signs for. */
export const configSchema = baseConfigSchema
  .extend({
    /** Origin under which browsers see the public door: of mailed links, and what passkeys are bound to. Never taken from a request. */
    PUBLIC_ORIGIN: originSchema,
    /**
     * `required`: a session without a second factor carries no privileged role (AUTH-8). `optional` is for one's own machine;
     * production refuses it.
     */
    SECOND_FACTOR_FOR_ADMINISTRATORS: z.enum(['required', 'optional']).default('required'),
    /** Days that a signing key is used (AUTH-2). */
    SIGNING_KEY_ROTATION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
    /**
     * Failed sign-ins that one network (IPv4 /24, IPv6 /48) may make at once, and again in each hour (AUTH-7). Many people may share
     * one; known devices are not counted.
     */
    LOCKOUT_ADDRESS_ATTEMPTS: z.coerce.number().int().min(5).max(1_000_000).default(100),
    /** Hours after which an erasure that is not complete is an alert (PRIV-4). */
    ERASURE_DEADLINE_HOURS: z.coerce.number().int().min(1).max(maxErasureDeadlineHours).default(24),
    ...mailConfigShape,
  })
  .superRefine((config, context) => {
    const fault = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    checkMailConfig(config, fault);
    if (config.RUN_MODE !== 'production') return;
    if (config.SECOND_FACTOR_FOR_ADMINISTRATORS !== 'required') {
      fault('SECOND_FACTOR_FOR_ADMINISTRATORS', 'must be required in production');
    }
    if (!config.PUBLIC_ORIGIN.startsWith('https://')) fault('PUBLIC_ORIGIN', 'must be https in production');
  });
export type Config = z.infer<typeof configSchema>;
