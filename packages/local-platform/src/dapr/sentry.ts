import { join } from 'node:path';
import { namespace, sentryArguments, trustDomain } from '@todo-chatbot/manifests';
import { stringify } from 'yaml';
import { ensurePrivateDirectory, writePrivateFile } from '../files.ts';
import type { LaunchSpec } from '../launch.ts';
import type { StateLayout } from '../layout.ts';
import type { KeyedCertificate } from '../pki.ts';
import { identityKeySet } from './identity.ts';

/** Dapr's certificate authority, on 127.0.0.1. */
export interface SentryInstance {
  readonly program: string;
  readonly port: number;
  readonly healthPort: number;
}

/** Writes Sentry's configuration, its issuer and the key set that it accepts identity tokens of. `address`: `host:port` of it. */
export async function configureSentry(
  address: string,
  options: { layout: StateLayout; root: string; issuer: KeyedCertificate; identitySigningKey: string },
): Promise<void> {
  const { layout, root, issuer } = options;
  const issuerDir = await ensurePrivateDirectory(join(layout.sentryDir, 'issuer'));
  // With one of these missing Sentry would make an authority of its own, which no sidecar trusts.
  await writePrivateFile(join(issuerDir, 'ca.crt'), root);
  await writePrivateFile(join(issuerDir, 'issuer.crt'), issuer.certificate);
  await writePrivateFile(join(issuerDir, 'issuer.key'), issuer.privateKey);
  const keySetFile = join(layout.sentryDir, 'identity-keys.json');
  await writePrivateFile(keySetFile, await identityKeySet(options.identitySigningKey));
  const configuration = {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Configuration',
    metadata: { name: 'sentry' },
    spec: {
      mtls: {
        enabled: true,
        controlPlaneTrustDomain: trustDomain,
        sentryAddress: address,
        workloadCertTTL: '24h',
        allowedClockSkew: '1m',
        // Without a validator Sentry signs any name for anybody.
        tokenValidators: [{ name: 'jwks', options: { source: keySetFile } }],
      },
    },
  };
  await writePrivateFile(join(layout.sentryDir, 'configuration.yaml'), stringify(configuration));
}

export function sentryLaunchSpec({ program, port, healthPort }: SentryInstance, layout: StateLayout): LaunchSpec {
  return {
    command: program,
    args: sentryArguments({ folder: layout.sentryDir, address: '127.0.0.1', port, healthPort }),
    cwd: layout.sentryDir,
    env: { NAMESPACE: namespace },
    logFile: layout.logFile('sentry'),
  };
}
