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
  | 'erasure';

/** HMAC-SHA-256 under the pepper (32 bytes): the database holds these in place of tokens, and never the pepper. */
export type KeyedHash = (kind: HashedKind, value: string) => Uint8Array<ArrayBuffer>;
