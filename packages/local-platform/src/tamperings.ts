/**
 * What somebody who can write to the database may make of sealed bytes, by name: one bit flipped in each part (version, nonce, ciphertext,
 * tag), cut at either end, grown. None may open.
 */
export function tamperings(sealed: Uint8Array): Readonly<Record<string, Uint8Array>> {
  const flipped = (position: number) =>
    Uint8Array.from(sealed, (byte, index) => (index === (position + sealed.length) % sealed.length ? byte ^ 1 : byte));
  return {
    'a flipped bit of the version': flipped(0),
    'a flipped bit of the nonce': flipped(1),
    'a flipped bit of the text': flipped(13),
    'a flipped bit of the tag': flipped(-1),
    'a last byte cut off': sealed.subarray(0, -1),
    'a first byte cut off': sealed.subarray(1),
    'a byte more': Uint8Array.of(...sealed, 0),
  };
}
