import { hash } from 'node:crypto';

/** Bytes of a SHA-256 hash. */
export const hashBytes = 32;

// RFC 6962 section 2.1: the prefixes keep a leaf from being read as a node and the other way round.
const leafPrefix = Buffer.of(0x00);
const nodePrefix = Buffer.of(0x01);

/**
 * Place of a complete subtree: it covers the leaves `index * 2^level` up to, not including, `(index + 1) * 2^level`.
 * Level 0 is a leaf.
 */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** The leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The right edge of a tree: the hashes of its perfect subtrees, largest first. All that is needed to append. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Buffer[];
}

/** The tree without entries. */
export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/** Hash of a leaf (RFC 6962 section 2.1). */
export function leafHashOf(leaf: Uint8Array): Buffer {
  return sha256(Buffer.concat([leafPrefix, leaf]));
}

/** Hash of an inner node (RFC 6962 section 2.1). */
function nodeHashOf(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([nodePrefix, left, right]));
}

/** By way of digits, because Node gives a digest in bytes a memory of its own, which costs more than to hash and to decode. */
function sha256(data: Buffer): Buffer {
  return Buffer.from(hash('sha256', data, 'hex'), 'hex');
}

/** Appends leaves. */
export function appendLeaves(frontier: Frontier, leafHashes: readonly Buffer[]): Frontier {
  const peaks = [...frontier.peaks];
  let size = frontier.size;
  for (const leafHash of leafHashes) {
    let right = leafHash;
    // An odd index is a right child: its left sibling is the last peak, and together they complete their parent.
    for (let index = size; index % 2 === 1; index = (index - 1) / 2) {
      const left = peaks.pop();
      if (!left) throw new Error('the frontier has too few peaks for its size');
      right = nodeHashOf(left, right);
    }
    peaks.push(right);
    size += 1;
  }
  return { size, peaks };
}

/** The Merkle tree hash of the whole tree (RFC 6962 section 2.1). */
export function rootHashOf(frontier: Frontier): Buffer {
  return foldPeaks(frontier.peaks) ?? sha256(Buffer.alloc(0));
}

/** The perfect subtrees of a range that starts where a subtree of the tree starts, largest first. */
export function nodesOfRange({ start, end }: LeafRange): NodeId[] {
  const nodes: NodeId[] = [];
  let from = start;
  while (from < end) {
    const { level, width } = largestPowerOfTwoUpTo(end - from);
    // The caller's ranges are aligned: anything else is a fault of ours.
    if (from % width !== 0) throw new Error('the range is not aligned');
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

/** Hash of a range from the hashes of `nodesOfRange`, in the same order. */
export function hashOfRange(nodeHashes: readonly Buffer[]): Buffer {
  const folded = foldPeaks(nodeHashes);
  if (!folded) throw new Error('a range has at least one node');
  return folded;
}

/** The ranges whose hashes are the audit path of a leaf, from the leaf upwards (RFC 6962 section 2.1.1). */
export function inclusionRanges(index: number, treeSize: number): LeafRange[] {
  if (index < 0 || index >= treeSize) throw new RangeError('the index is outside the tree');
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = treeSize;
  while (end - start > 1) {
    const middle = start + largestPowerOfTwoBelow(end - start);
    const isLeft = index < middle;
    ranges.unshift(isLeft ? { start: middle, end } : { start, end: middle });
    if (isLeft) end = middle;
    else start = middle;
  }
  return ranges;
}

/** The ranges whose hashes prove that the tree of `earlierSize` is a prefix of that of `laterSize` (RFC 6962 section 2.1.2). */
export function consistencyRanges(earlierSize: number, laterSize: number): LeafRange[] {
  if (earlierSize < 1 || earlierSize > laterSize) throw new RangeError('the sizes are out of range');
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = laterSize;
  while (end !== earlierSize) {
    const middle = start + largestPowerOfTwoBelow(end - start);
    const isLeft = earlierSize <= middle;
    ranges.unshift(isLeft ? { start: middle, end } : { start, end: middle });
    if (isLeft) end = middle;
    else start = middle;
  }
  // The earlier root itself is left out: whoever checks the proof holds it already.
  if (start > 0) ranges.unshift({ start, end });
  return ranges;
}

/** True when the path leads from the leaf to the root (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(proof: {
  readonly index: number;
  readonly treeSize: number;
  readonly leafHash: Buffer;
  readonly rootHash: Buffer;
  readonly path: readonly Buffer[];
}): boolean {
  if (proof.index < 0 || proof.index >= proof.treeSize) return false;
  let place = proof.index;
  let last = proof.treeSize - 1;
  let current = proof.leafHash;
  for (const sibling of proof.path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      current = nodeHashOf(sibling, current);
      // On the right edge, levels at which the node has no sibling are skipped.
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      current = nodeHashOf(current, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && current.equals(proof.rootHash);
}

/** True when the path proves that the later tree begins with the earlier one (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(proof: {
  readonly earlierSize: number;
  readonly laterSize: number;
  readonly earlierRoot: Buffer;
  readonly laterRoot: Buffer;
  readonly path: readonly Buffer[];
}): boolean {
  const { earlierSize, laterSize, earlierRoot, laterRoot } = proof;
  if (earlierSize < 1 || earlierSize > laterSize) return false;
  if (earlierSize === laterSize) return proof.path.length === 0 && earlierRoot.equals(laterRoot);
  // A perfect earlier tree is itself a node of the later one, and its root opens the path.
  const path = largestPowerOfTwoUpTo(earlierSize).width === earlierSize ? [earlierRoot, ...proof.path] : proof.path;
  const [first, ...rest] = path;
  if (!first) return false;
  let place = earlierSize - 1;
  let last = laterSize - 1;
  while (place % 2 === 1) {
    place = half(place);
    last = half(last);
  }
  let earlier = first;
  let later = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      earlier = nodeHashOf(sibling, earlier);
      later = nodeHashOf(sibling, later);
      while (place % 2 === 0 && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      later = nodeHashOf(later, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && earlier.equals(earlierRoot) && later.equals(laterRoot);
}

function foldPeaks(peaks: readonly Buffer[]): Buffer | undefined {
  let folded: Buffer | undefined;
  for (const peak of peaks.toReversed()) folded = folded ? nodeHashOf(peak, folded) : peak;
  return folded;
}

// Bit operators of JavaScript are 32 bits wide; sizes are not.
function half(number: number): number {
  return Math.floor(number / 2);
}

// Counted up, because Math.log2 rounds to the wrong side near large powers of two.
function largestPowerOfTwoUpTo(number: number): { readonly level: number; readonly width: number } {
  let level = 0;
  while (2 ** (level + 1) <= number) level += 1;
  return { level, width: 2 ** level };
}

function largestPowerOfTwoBelow(number: number): number {
  return largestPowerOfTwoUpTo(number - 1).width;
}
