import { runCommand } from '@todo-chatbot/service-kit';
import { configSchema } from './config.ts';
import { keysCommand } from './operator/keys.ts';

await runCommand({ configSchema, run: keysCommand });
