import { baseConfigSchema } from '@todo-chatbot/service-kit';

/** The service needs nothing beside what every service has. */
export const configSchema = baseConfigSchema;
