import { z } from 'zod';

/** The content security policy forbids code from strings; without this zod would try it once and the browser would report it. */
z.config({ jitless: true });
