/**
 * Prisma's client names its command line and TypeScript as optional peers, and services have the command line to generate the client. As
 * peers they would be installed wherever the client is: 250 MB in every image, with a compiler and a database, that nothing runs there.
 */
function withoutBuildPeers(manifest) {
  if (manifest.name !== '@prisma/client') return manifest;
  const { peerDependencies: _peers, peerDependenciesMeta: _meta, ...rest } = manifest;
  return rest;
}

module.exports = { hooks: { readPackage: withoutBuildPeers } };
