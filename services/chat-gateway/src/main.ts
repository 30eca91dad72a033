import { fileURLToPath } from 'node:url';
import { runService } from '@todo-chatbot/service-kit';
import { build } from './build.ts';
import { configSchema } from './config.ts';

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
await runService({ configSchema, build, migrations });
