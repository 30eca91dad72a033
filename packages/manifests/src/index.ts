export {
  broadcastPath,
  configurationPath,
  cronBindingPath,
  pubsubPath,
  resiliencyPath,
  secretStorePath,
} from './dapr/documents.ts';
export { type EnvironmentValues, environmentOf, serviceArguments } from './environment.ts';
export { type Grant, type WantedTopic, wantedGrants, wantedTopics } from './kafka/access.ts';
export { limitsAclRules, limitsKeyPrefix, limitsUser } from './limits.ts';
export { namespace, trustDomain } from './names.ts';
