import { fileURLToPath } from 'node:url';

/** Folder with the kit's own migrations (outbox, inbox, revoked sessions, idempotent requests); they run before a service's own. */
export const kitMigrationsDirectory = fileURLToPath(new URL('../../migrations', import.meta.url));
