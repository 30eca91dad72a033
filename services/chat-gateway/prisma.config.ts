import { defineConfig } from 'prisma/config';

/** Only `prisma generate` reads this: the client gets its connection from the composition root, and migrations are plain SQL. */
export default defineConfig({ schema: 'prisma/schema.prisma' });
