export * from './checkpoint.ts';
export * from './merkleTree.ts';
export * from './proofFile.ts';
export * from './signedNote.ts';
export * from './tiledTree.ts';
export * from './tiles.ts';
