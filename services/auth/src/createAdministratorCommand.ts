import { runCommand } from '@todo-chatbot/service-kit';
import { configSchema } from './config.ts';
import { createAdministrator } from './operator/createAdministrator.ts';

await runCommand({ configSchema, run: createAdministrator });
