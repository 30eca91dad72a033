import { join } from 'node:path';
import { containers, stateParts } from '@todo-chatbot/manifests';
import { type StateLayout, stateLayout } from '../layout.ts';
import { witnessName } from '../platformPki.ts';

/**
 * Where the setup of compose.yaml puts what a state folder has. A container sees its part alone, so what belongs to one lies together: the
 * sidecar's secrets and proof of identity with its configuration, the witness's certificate with its key.
 */
export function composeLayout(stateFolder: string = containers.stateFolder): StateLayout {
  const inside = (...parts: string[]) => join(stateFolder, ...parts);
  const usual = stateLayout(stateFolder);
  return {
    ...usual,
    secretsDir: inside(stateParts.secrets),
    secretStoreFile: (appId) => inside(stateParts.sidecar(appId), 'secrets.json'),
    identityTokenFile: (appId) => inside(stateParts.sidecar(appId), 'identity.jwt'),
    daprDir: (appId) => inside(stateParts.sidecar(appId)),
    pkiDir: inside(stateParts.pki),
    certificateFile: (name) =>
      name === witnessName ? inside(stateParts.witness, 'tls.pem') : inside(stateParts.pki, `${name}.pem`),
    serverCaFile: inside(stateParts.authority, 'server-ca.crt'),
    kafkaDir: inside(stateParts.kafka),
    sentryDir: inside(stateParts.sentry),
    witnessDir: inside(stateParts.witness),
    witnessKeyFile: inside(stateParts.witness, 'key.pem'),
    witnessStoreFile: inside(stateParts.witness, 'checkpoint'),
    anchorsDir: inside(stateParts.anchors),
    mailDir: inside(stateParts.mail),
  };
}
