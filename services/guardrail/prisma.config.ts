import { defineConfig } from 'prisma/config';

/** Read by `prisma generate` only: the address of the database comes from the service's own configuration. */
export default defineConfig({ schema: 'prisma/schema.prisma' });
