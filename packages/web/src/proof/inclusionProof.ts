import type { InclusionProof } from '@todo-chatbot/contracts';
import { bytesOfBase64, bytesOfHex, hexOf, nodeHash, sha256 } from './hashes.ts';

/** What checking a proof found out. */
export type ProofResult =
  | { readonly isValid: true; readonly treeSize: number; readonly rootHash: string }
  | { readonly isValid: false; readonly reason: string };

/** True when the leaf commits to the body: it holds the body's hash, or is the body itself in entries of version 1. */
async function isCommitment(leaf: Uint8Array, body: Uint8Array): Promise<boolean> {
  const text = new TextDecoder().decode(leaf);
  return text === `{"body":"${hexOf(await sha256(body))}","v":2}` || text === new TextDecoder().decode(body);
}

/**
 * Checks an inclusion proof from the bytes of the entry's body and leaf (RFC 9162 section 2.1.3.2): the root that the path leads to must be the one in the
 * checkpoint. Indexes may exceed 32 bits, so that division is used where the RFC shifts.
 */
export async function checkInclusionProof(proof: Omit<InclusionProof, 'entry'>): Promise<ProofResult> {
  if (proof.index >= proof.treeSize) return { isValid: false, reason: 'The entry lies outside the tree.' };
  const leaf = bytesOfBase64(proof.leaf);
  if (proof.body !== null && !(await isCommitment(leaf, bytesOfBase64(proof.body)))) {
    return { isValid: false, reason: 'The log holds something else than what the entry says.' };
  }
  let node = await sha256(Uint8Array.of(0), leaf);
  if (hexOf(node) !== proof.leafHash) return { isValid: false, reason: 'The entry is not the one that was hashed.' };
  let index = proof.index;
  let last = proof.treeSize - 1;
  for (const siblingHex of proof.path) {
    if (last === 0) return { isValid: false, reason: 'The path is too long.' };
    const sibling = bytesOfHex(siblingHex);
    if (index % 2 === 1 || index === last) {
      node = await nodeHash(sibling, node);
      while (index % 2 === 0 && index !== 0) {
        index = Math.floor(index / 2);
        last = Math.floor(last / 2);
      }
    } else {
      node = await nodeHash(node, sibling);
    }
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) return { isValid: false, reason: 'The path is too short.' };
  const rootHash = hexOf(node);
  const [, size = '', root = ''] = proof.checkpoint.split('\n');
  if (Number(size) !== proof.treeSize) return { isValid: false, reason: 'The checkpoint is of another tree size.' };
  if (!/^[A-Za-z0-9+/]{43}=$/.test(root) || hexOf(bytesOfBase64(root)) !== rootHash || proof.rootHash !== rootHash) {
    return { isValid: false, reason: 'The path does not lead to the root of the checkpoint.' };
  }
  return { isValid: true, treeSize: proof.treeSize, rootHash };
}
