import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';

/** Names the person whose keys are asked for. */
export const dataKeyParamsSchema = z.strictObject({ personId: idSchema('user') });

/**
 * The keys of one person that the asking service may have, by scope: each is 32 bytes in base64, derived from the person's data key
 * for that scope alone, so that one service's keys open nothing of another service (DATA-2, PRIN-2).
 */
export const dataKeysSchema = z.strictObject({
  keys: annotated(z.record(z.string().max(50), z.base64().length(44)), 'account.key'),
});
