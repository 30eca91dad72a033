import { runService } from '@todo-chatbot/service-kit';
import { build } from './build.ts';
import { configSchema } from './config.ts';

await runService({ configSchema, build });
