import type { ConsistencyProof } from '@todo-chatbot/contracts';
import { bytesOfHex, hexOf, nodeHash } from './hashes.ts';

/**
 * True when the path proves that the tree of size `to` begins with the tree of size `from` (RFC 9162 section 2.1.4.2). Roots are hex.
 * Sizes may exceed 32 bits, so that division is used where the RFC shifts.
 */
export async function isConsistent(
  { from, to, path }: Pick<ConsistencyProof, 'from' | 'to' | 'path'>,
  roots: { readonly from: string; readonly to: string },
): Promise<boolean> {
  if (from === to) return path.length === 0 && roots.from === roots.to;
  if (from < 1 || from > to) return false;
  // A complete earlier tree is itself the first node, and the proof leaves it out.
  const [first, ...rest] = isPowerOfTwo(from) ? [roots.from, ...path] : path;
  if (first === undefined) return false;
  let [index, last] = [from - 1, to - 1];
  while (index % 2 === 1) [index, last] = [half(index), half(last)];
  let earlier = bytesOfHex(first);
  let later = earlier;
  for (const hex of rest) {
    const node = bytesOfHex(hex);
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      earlier = await nodeHash(node, earlier);
      later = await nodeHash(node, later);
      while (index % 2 === 0 && index !== 0) [index, last] = [half(index), half(last)];
    } else {
      later = await nodeHash(later, node);
    }
    [index, last] = [half(index), half(last)];
  }
  return last === 0 && hexOf(earlier) === roots.from && hexOf(later) === roots.to;
}

function isPowerOfTwo(size: number): boolean {
  return size === 1 || (size % 2 === 0 && isPowerOfTwo(size / 2));
}

const half = (number: number) => Math.floor(number / 2);
