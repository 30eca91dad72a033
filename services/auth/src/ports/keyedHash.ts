/** What is hashed, so that the hash of one kind of thing is never that of another. */
export type HashedKind =
  | 'hash'
  | 'successor'
  | 'client'
  | 'device'
  | 'ticket'
  | 'password-mark'
  | 'link'
  | 'export-link'
  | 'api-key'
  | 'recovery-code'
  | 'attempts'
  | 'mail-allowance'
  | 'erasure'
  | 'email';

/** HMAC-SHA-256 under the pepper (32 bytes): the database holds these in place of tokens, and never the pepper. */
export type KeyedHash = (kind: HashedKind, value: string) => Uint8Array<ArrayBuffer>;

/** Blind index of an address: the keyed hash by which it is found, and is unique, without being read (DATA-2). 32 bytes. */
export type EmailIndex = (email: string) => Uint8Array<ArrayBuffer>;
