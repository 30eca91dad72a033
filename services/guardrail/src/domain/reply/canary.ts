import { Buffer } from 'node:buffer';

/**
 * Shape of a canary token: planted in the instructions of a language model (`tcb-canary-` and 16 to 64 hex digits), it must never come
 * out. What says nothing to anybody else is found in any reply, whatever stands between its letters.
 */
const shape = /tcb-canary-([0-9a-f]{16,64})/g;
const prefix = 'tcb-canary-';
/** The shape without all but letters and digits; as it is, from its end to its beginning, and with letters moved by 13 places. */
const bareShape = /tcbcanary[0-9a-f]{16}|[0-9a-f]{16}yranacbct|gpopnanel[0-9n-s]{16}/;

/** Base64 says the same in three ways, by where it begins; the first and last characters depend on the neighbours. */
function inBase64(token: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + token)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(offset === 0 ? 0 : offset + 1, (offset + token.length) % 3 === 0 ? undefined : -1);
  });
}

function inHex(token: string): string {
  return Buffer.from(token).toString('hex');
}

const encodedPrefixes = inBase64(prefix);
const hexPrefix = inHex(prefix);

/** Whether the reply, or one of its folded readings, tells a canary, or one of the instructions without its first letters. */
export function canaryIn(reply: {
  readonly text: string;
  readonly readings: readonly string[];
  readonly instructions: string | null;
}): boolean {
  const { text, readings, instructions } = reply;
  const bare = readings.map((reading) => reading.replace(/[^a-z0-9]/g, ''));
  const packed = text.replace(/\s/g, '');
  const isOfShape =
    bare.some((letters) => bareShape.test(letters) || letters.includes(hexPrefix)) ||
    encodedPrefixes.some((encoded) => packed.includes(encoded));
  if (isOfShape || instructions === null) return isOfShape;
  return [...instructions.matchAll(shape)].some(([, digits = '']) => {
    const backwards = Array.from(digits).toReversed().join('');
    return (
      bare.some((letters) => [digits, backwards, inHex(digits)].some((form) => letters.includes(form))) ||
      inBase64(digits).some((encoded) => packed.includes(encoded))
    );
  });
}
