import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as PeculiarCertificate,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto);

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What a leaf certificate is for. `names` are DNS names or IP addresses it answers to. */
export interface LeafRequest {
  readonly commonName: string;
  readonly names: readonly string[];
  readonly usages: readonly ('server' | 'client')[];
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
/** Authorities live for ten years: as long as anybody keeps one state folder. */
const authorityDays = 3650;
/** Leaves live for a year and are made again at a start within {@link renewWithinDays} of their end. */
const leafDays = 365;
const renewWithinDays = 60;
/** Clocks of one machine agree; an hour covers a clock that was set back. */
const notBeforeSlackMs = 3_600_000;

/** A self-signed authority that may sign leaves and one level of issuers. */
export async function createAuthority(commonName: string): Promise<KeyedCertificate> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${commonName}`,
    ...validity(authorityDays),
    signingAlgorithm: algorithm,
    keys,
    extensions: [...authorityExtensions(1), await SubjectKeyIdentifierExtension.create(keys.publicKey)],
  });
  return { certificate: certificate.toString('pem'), privateKey: await privateKeyPem(keys.privateKey) };
}

/** An authority signed by another, which may sign leaves only: Sentry's issuer. */
export async function createIssuer(authority: KeyedCertificate, commonName: string): Promise<KeyedCertificate> {
  return sign(authority, commonName, authorityDays, authorityExtensions(0));
}

/** A leaf certificate signed by the authority. */
export async function createLeaf(authority: KeyedCertificate, request: LeafRequest): Promise<KeyedCertificate> {
  const usages = request.usages.map((usage) =>
    usage === 'server' ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth,
  );
  const names = request.names.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value }) as const);
  return sign(authority, request.commonName, leafDays, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension(usages),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
  ]);
}

/** True when the certificate ends soon and is to be made again. */
export function isDueForRenewal(certificate: string, now: Date): boolean {
  return new X509Certificate(certificate).validToDate.getTime() - now.getTime() < renewWithinDays * dayMs;
}

async function sign(
  authority: KeyedCertificate,
  commonName: string,
  days: number,
  extensions: Extension[],
): Promise<KeyedCertificate> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(authority.privateKey).export({ type: 'pkcs8', format: 'der' }),
    algorithm,
    false,
    ['sign'],
  );
  const issuer = new PeculiarCertificate(authority.certificate);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${commonName}`,
    issuer: issuer.subject,
    ...validity(days),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    // Strict verifiers insist on both (RFC 5280 sections 4.2.1.1 and 4.2.1.2).
    extensions: [
      ...extensions,
      await AuthorityKeyIdentifierExtension.create(issuer),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), privateKey: await privateKeyPem(keys.privateKey) };
}

function authorityExtensions(pathLength: number): Extension[] {
  return [
    new BasicConstraintsExtension(true, pathLength, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - notBeforeSlackMs), notAfter: new Date(now + days * dayMs) };
}

/** 127 random bits: positive, and within the 20 octets of RFC 5280 section 4.1.2.2. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('hex');
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

function isAddress(value: string): boolean {
  return /^[0-9.]+$/.test(value) || value.includes(':');
}
