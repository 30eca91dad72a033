export { type BaseImage, baseImages, referenceOf } from './baseImages.ts';
export { containers, stateParts, tokenVariable } from './compose/place.ts';
export {
  broadcastPath,
  configurationPath,
  cronBindingPath,
  pubsubPath,
  resiliencyPath,
  secretStorePath,
} from './dapr/documents.ts';
export { sentryArguments, sidecarArguments } from './dapr/processes.ts';
export {
  type EnvironmentValues,
  environmentOf,
  serviceArguments,
  witnessArguments,
  witnessEnvironmentOf,
} from './environment.ts';
export { type Grant, type WantedTopic, wantedGrants, wantedTopics } from './kafka/access.ts';
export { limitsAclRules, limitsUser } from './limits.ts';
export { namespace, trustDomain } from './names.ts';
export { accessRules, initdbArguments, serverParameters } from './postgres/server.ts';
export { operatorSecrets, type SecretSpec, secrets, secretValuesOf } from './secrets.ts';
export {
  type DerivedValue,
  makeValue,
  newSigningKey,
  randomKey,
  randomPassword,
} from './secretValues.ts';
