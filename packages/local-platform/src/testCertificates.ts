import { createAuthority, createLeaf, type KeyedCertificate } from './pki.ts';

/** A server's certificate for the names, and the authority that signed it (`ca`, PEM), which nothing else knows. */
export async function createTestCertificates(
  names: readonly string[],
): Promise<KeyedCertificate & { readonly ca: string }> {
  const authority = await createAuthority('todo-chatbot test');
  const leaf = await createLeaf(authority, { commonName: 'test', names, usages: ['server'] });
  return { ...leaf, ca: authority.certificate };
}
