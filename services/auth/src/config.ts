import { baseConfigSchema } from '@todo-chatbot/service-kit';
import type { z } from 'zod';

/** Environment of this service: that of every service, with a token issuer and audience that it signs for. */
export const configSchema = baseConfigSchema;
export type Config = z.infer<typeof configSchema>;
