import { createHmac, hkdfSync } from 'node:crypto';
import type { z } from 'zod';
import type { DataKeys, ScopeKeys } from './dataKeys.ts';
import { createSealer } from './sealer.ts';

/** Where a sealed value stands: it opens in no other field and no other row, not even of the same person. */
export interface SealedPlace {
  /** `table.column`, or the type of an event. */
  readonly field: string;
  /** Id of the row, or subject of the event. */
  readonly row: string;
}

/** Seals and opens what is one person's (DATA-2). */
export interface PersonBox {
  readonly personId: string;
  seal(place: SealedPlace, text: string): Uint8Array<ArrayBuffer>;
  /** @throws SealBroken for another person, field or row, another key, or a single changed bit. */
  open(place: SealedPlace, sealed: Uint8Array): string;
  /** Keyed hash by which equal values of one field of one person are found without being read: HMAC-SHA-256, 32 bytes. */
  index(field: string, value: string): Uint8Array<ArrayBuffer>;
}

/** Gives the box of a person. Ask before a transaction begins: it may have to wait for `auth`. */
export interface PersonBoxes {
  /** @throws ProblemError `person.erased`, `person.not-found` or `upstream.unavailable` */
  of(personId: string): Promise<PersonBox>;
}

/** Boxes of one scope: the service's own rows (its app id), or a sealed topic. */
export function createPersonBoxes({
  dataKeys,
  scope,
}: {
  readonly dataKeys: DataKeys;
  readonly scope: string;
}): PersonBoxes {
  // A box lives as long as the keys that it was made of are remembered.
  const boxes = new WeakMap<ScopeKeys, PersonBox>();
  return {
    async of(personId) {
      const keys = await dataKeys.of(personId);
      const known = boxes.get(keys);
      if (known) return known;
      const key = keys.get(scope);
      if (!key) throw new TypeError(`this service has no key of scope ${scope}`);
      const box = createPersonBox({ personId, scope, key });
      boxes.set(keys, box);
      return box;
    },
  };
}

/** The box of one person and scope; `key` is the scope's 32 bytes. */
export function createPersonBox(options: {
  readonly personId: string;
  readonly scope: string;
  readonly key: Uint8Array;
}): PersonBox {
  const { personId, scope, key } = options;
  const sealer = createSealer(derivedKey(key, 'seal'));
  const indexKey = derivedKey(key, 'index');
  // Ids and names of fields hold no line break, so that no two places share a context.
  const contextOf = ({ field, row }: SealedPlace) => [scope, personId, field, row].join('\n');
  return {
    personId,
    seal: (place, text) => sealer.seal(Buffer.from(text, 'utf8'), contextOf(place)),
    open: (place, sealed) => Buffer.from(sealer.open(sealed, contextOf(place))).toString('utf8'),
    index: (field, value) => new Uint8Array(createHmac('sha256', indexKey).update(`${field}\n${value}`).digest()),
  };
}

/** Seals a value as JSON; base64, for events. */
export function sealJson(box: PersonBox, place: SealedPlace, value: unknown): string {
  return Buffer.from(box.seal(place, JSON.stringify(value))).toString('base64');
}

/** Opens what {@link sealJson} sealed. @throws SealBroken, or ZodError when it holds something else. */
export function openJson<S extends z.ZodType>(
  box: PersonBox,
  place: SealedPlace,
  sealed: string,
  schema: S,
): z.output<S> {
  return schema.parse(JSON.parse(box.open(place, Buffer.from(sealed, 'base64'))));
}

/** The key of a scope, from a person's data key (HKDF-SHA-256, RFC 5869): what one scope's holder has opens no other scope. */
export function scopeKey(dataKey: Uint8Array, scope: string): Uint8Array {
  return derivedKey(dataKey, `scope ${scope}`);
}

function derivedKey(key: Uint8Array, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, Buffer.alloc(0), `todo-chatbot ${use}`, 32));
}
