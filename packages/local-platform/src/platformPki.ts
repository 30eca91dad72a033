import { ensurePrivateDirectory, readTextIfPresent, writePrivateFile } from './files.ts';
import { adminName, brokerName } from './kafka/broker.ts';
import type { StateLayout } from './layout.ts';
import { createAuthority, createIssuer, createLeaf, isDueForRenewal, type KeyedCertificate } from './pki.ts';

/**
 * All certificates of a platform. Two authorities that do not know each other: what Sentry signs for a sidecar must never
 * pass at Kafka's administration listener.
 */
export interface PlatformPki {
  readonly serverCa: string;
  readonly postgres: KeyedCertificate;
  readonly kafkaBroker: KeyedCertificate;
  readonly kafkaAdmin: KeyedCertificate;
  readonly witness: KeyedCertificate;
  readonly meshRoot: string;
  readonly meshIssuer: KeyedCertificate;
}

/** Name of the certificate of the audit log's witness. */
export const witnessName = 'witness';
/** Addresses of one machine, and the name that the process has among containers. */
const namesOf = (container: string) => ['127.0.0.1', 'localhost', container] as const;

/** Reads the certificates of a state folder; makes those that are missing or end soon. */
export async function ensurePki(layout: StateLayout, now: Date): Promise<PlatformPki> {
  await ensurePrivateDirectory(layout.pkiDir);
  const keep = (name: string, make: () => Promise<KeyedCertificate>) => ensureCertificate(layout, name, now, make);
  const server = await keep('server-ca', () => createAuthority('todo-chatbot servers'));
  await writePrivateFile(layout.serverCaFile, server.certificate);
  const mesh = await keep('mesh-ca', () => createAuthority('todo-chatbot mesh'));
  return {
    serverCa: server.certificate,
    postgres: await keep('postgres', () =>
      createLeaf(server, { commonName: 'postgres', names: namesOf('postgres'), usages: ['server'] }),
    ),
    kafkaBroker: await keep('kafka-broker', () =>
      createLeaf(server, { commonName: brokerName, names: namesOf('kafka'), usages: ['server', 'client'] }),
    ),
    kafkaAdmin: await keep('kafka-admin', () =>
      createLeaf(server, { commonName: adminName, names: [], usages: ['client'] }),
    ),
    witness: await keep(witnessName, () =>
      createLeaf(server, { commonName: witnessName, names: namesOf(witnessName), usages: ['server'] }),
    ),
    meshRoot: mesh.certificate,
    meshIssuer: await keep('mesh-issuer', () => createIssuer(mesh, 'todo-chatbot mesh issuer')),
  };
}

/** Reads one certificate with its key. */
export async function readCertificate(layout: StateLayout, name: string): Promise<KeyedCertificate> {
  const found = await readPair(layout, name);
  if (!found) throw new Error(`There is no certificate ${name} in ${layout.pkiDir}: start the platform first.`);
  return found;
}

async function ensureCertificate(
  layout: StateLayout,
  name: string,
  now: Date,
  make: () => Promise<KeyedCertificate>,
): Promise<KeyedCertificate> {
  const found = await readPair(layout, name);
  if (found && !isDueForRenewal(found.certificate, now)) return found;
  const made = await make();
  // One file for both, so that a power cut cannot leave a key with another key's certificate.
  await writePrivateFile(layout.certificateFile(name), `${made.privateKey}${made.certificate}\n`);
  return made;
}

const certificateStart = '-----BEGIN CERTIFICATE-----';

async function readPair(layout: StateLayout, name: string): Promise<KeyedCertificate | undefined> {
  const text = await readTextIfPresent(layout.certificateFile(name));
  const start = text?.indexOf(certificateStart) ?? -1;
  if (text === undefined || start < 0) return undefined;
  return { privateKey: text.slice(0, start), certificate: text.slice(start) };
}
