import type { Jwks } from '@todo-chatbot/contracts';
import { type Clock, type KeySource, type Logger, ProblemError } from '@todo-chatbot/service-kit';
import { type CryptoKey, importJWK } from 'jose';
import { isTrusted, maxKeyRingAgeMs, type SigningKey } from '../domain/signingKeys.ts';
import type { SigningKeyMaker, SigningKeyStore, StoredSigningKey } from '../ports/signingKeys.ts';

const algorithm = 'RS256';
/** How late a replica may learn of a change that another one, or an operator, made. */
const reloadIntervalMs = 2_000;

/** The key that signs now. */
export interface Signer {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

/**
 * The signing keys in memory, read anew when somebody asks and they are older than two seconds. Every function throws
 * `upstream.unavailable` when the keys cannot be known (PRIN-6).
 */
export interface SigningKeyRing extends KeySource {
  signer(): Promise<Signer>;
  jwks(): Promise<Jwks>;
  /** Reads the keys now: for whoever has just changed them. */
  reload(): Promise<void>;
}

interface HeldKey {
  readonly key: SigningKey;
  readonly publicKey: CryptoKey;
  /** Of the active key alone. */
  readonly privateKey: CryptoKey | null;
}

/** Key ring over the stored keys. */
export function createSigningKeyRing(options: {
  readonly store: Pick<SigningKeyStore, 'list'>;
  readonly maker: Pick<SigningKeyMaker, 'open'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds on a clock that only goes forwards: a step of the machine's clock must not make an old key young. */
  readonly elapsedMs?: () => number;
}): SigningKeyRing {
  const { store, maker, clock, logger, elapsedMs = () => performance.now() } = options;
  let held: ReadonlyMap<string, HeldKey> = new Map();
  let readAtMs = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;

  const ageMs = () => elapsedMs() - readAtMs;

  async function hold(key: StoredSigningKey): Promise<HeldKey> {
    const { sealedPrivateKey, ...known } = key;
    const earlier = held.get(key.kid);
    const isSigner = key.state === 'active' && sealedPrivateKey !== null;
    return {
      key: known,
      publicKey: earlier?.publicKey ?? (await importPublicKey(key)),
      privateKey: isSigner ? (earlier?.privateKey ?? (await maker.open({ kid: key.kid, sealedPrivateKey }))) : null,
    };
  }

  async function read(): Promise<void> {
    const askedAtMs = elapsedMs();
    const keys = await Promise.all((await store.list()).map(hold));
    held = new Map(keys.map((one) => [one.key.kid, one]));
    readAtMs = askedAtMs;
  }

  /** One reading at a time, so that an older one never overwrites a newer one. */
  function readOnce(): Promise<void> {
    pending ??= read().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  async function current(): Promise<HeldKey[]> {
    if (ageMs() > reloadIntervalMs) {
      await readOnce().catch((error: unknown) => logger.warn({ err: error }, 'the signing keys could not be read'));
    }
    if (ageMs() > maxKeyRingAgeMs) throw new ProblemError('upstream.unavailable');
    return [...held.values()];
  }

  return {
    async signer() {
      for (const { key, privateKey } of await current()) {
        if (privateKey) return { kid: key.kid, privateKey };
      }
      throw new ProblemError('upstream.unavailable');
    },
    async jwks() {
      const now = clock.now();
      const trusted = (await current()).filter(({ key }) => isTrusted(key, now));
      return { keys: trusted.map(({ key }) => jwkOf(key)) };
    },
    async keyFor(kid) {
      const found = (await current()).find(({ key }) => key.kid === kid);
      return found && isTrusted(found.key, clock.now()) ? found.publicKey : undefined;
    },
    async reload() {
      // A reading that began before the change may have missed it.
      await pending?.catch(() => undefined);
      await readOnce();
    },
  };
}

function jwkOf({ kid, modulus, exponent }: Pick<SigningKey, 'kid' | 'modulus' | 'exponent'>): Jwks['keys'][number] {
  return { kty: 'RSA', use: 'sig', alg: algorithm, kid, n: modulus, e: exponent };
}

async function importPublicKey(key: SigningKey): Promise<CryptoKey> {
  const imported = await importJWK(jwkOf(key), algorithm);
  if (imported instanceof Uint8Array) throw new TypeError('a signing key is no RSA key');
  return imported;
}
