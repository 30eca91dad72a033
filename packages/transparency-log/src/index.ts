export * from './checkpoint.ts';
export * from './cosignature.ts';
export * from './merkleTree.ts';
export * from './signedNote.ts';
export * from './tiledTree.ts';
export * from './tiles.ts';
export * from './witnessProtocol.ts';
export * from './witnessStore.ts';
