import { z } from 'zod';
import { annotated } from './annotation.ts';

/**
 * Bytes sealed under a key of the person whom they are about, base64: AES-256-GCM, see docs/privacy.md. The bound is what an event may
 * carry beside the rest.
 */
export const sealedSchema = annotated(z.base64().min(40).max(400_000), 'protocol.sealed');
