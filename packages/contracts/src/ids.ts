import { v7, validate, version } from 'uuid';
import { z } from 'zod';
import { annotated } from './annotation.ts';

/** Prefixes of typed ids: `<prefix>_<UUIDv7>` (RFC 9562 section 5.7), so that an id tells its kind and sorts by time. */
export const idPrefixes = {
  user: 'usr',
  session: 'ses',
  apiKey: 'key',
  device: 'dev',
  token: 'tok',
  task: 'tsk',
  service: 'svc',
  booking: 'bkg',
  conversation: 'cnv',
  message: 'msg',
  event: 'evt',
  judgement: 'jdg',
  mail: 'mel',
  alert: 'alr',
  run: 'run',
  export: 'exp',
  erasure: 'ers',
} as const;
export type IdKind = keyof typeof idPrefixes;

/** A new random id of the kind, for example `tsk_0199…`. */
export function newId(kind: IdKind): string {
  return `${idPrefixes[kind]}_${v7()}`;
}

/** Schema that accepts ids of one kind only. */
export function idSchema(kind: IdKind) {
  const prefix = `${idPrefixes[kind]}_`;
  return annotated(
    z
      .string()
      .length(prefix.length + 36)
      .refine((value) => {
        const uuid = value.slice(prefix.length);
        return value.startsWith(prefix) && validate(uuid) && version(uuid) === 7;
      }, `must be an id of the form ${prefix}<uuid>`),
    'protocol.internal',
  );
}

/** What `sid` of an access token names: a session, or an API key, which is a session of its own. */
export const sessionIdSchema = z.union([idSchema('session'), idSchema('apiKey')]);
