/** Bytes as the browser's own cryptography takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** SHA-256 of the parts, one after the other. */
export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Hash of an inner node of the Merkle tree (RFC 6962 section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(Uint8Array.of(1), left, right);
}

/** Lower-case hexadecimal digits of bytes. */
export const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
/** Bytes of hexadecimal digits. */
export const bytesOfHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
/** Bytes of base64. */
export const bytesOfBase64 = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
