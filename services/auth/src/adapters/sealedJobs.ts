import { accessVersionSchema, emailSchema, idSchema, newId } from '@todo-chatbot/contracts';
import type { Clock, Sealer } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { JobSealer } from '../ports/mailQueue.ts';

const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mail'),
    userId: idSchema('user'),
    to: emailSchema,
    subject: z.string(),
    text: z.string(),
    usefulUntil: z.coerce.date(),
  }),
  z.strictObject({ kind: z.literal('password-reset'), email: emailSchema }),
  z.strictObject({
    kind: z.literal('email-change'),
    userId: idSchema('user'),
    email: emailSchema,
    accessVersion: accessVersionSchema,
  }),
  z.strictObject({ kind: z.literal('forget'), userId: idSchema('user') }),
]);

/** Every sealed job has this length at least, so that the size of a row does not tell what it asks for, or of whom. */
const paddedLength = 1_024;

/** Seals jobs as padded JSON; each opens under its own id alone, so that rows cannot be exchanged. */
export function createJobSealer(options: { readonly sealer: Sealer; readonly clock: Clock }): JobSealer {
  const { sealer, clock } = options;
  const contextOf = (id: string) => `mail_queue:${id}`;
  return {
    seal(job) {
      const id = newId('mail');
      const json = JSON.stringify(job).padEnd(paddedLength);
      return { id, sealed: sealer.seal(new TextEncoder().encode(json), contextOf(id)), createdAt: clock.now() };
    },
    open({ id, sealed }) {
      const json = new TextDecoder().decode(sealer.open(sealed, contextOf(id)));
      return jobSchema.parse(JSON.parse(json));
    },
  };
}
