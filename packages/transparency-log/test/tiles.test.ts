import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  appendLeaves,
  appendToTiles,
  bundlePath,
  bundlesOfTree,
  decodeBundle,
  edgeTiles,
  emptyFrontier,
  emptyTiledFrontier,
  encodeBundle,
  frontierFromTiles,
  leafHashOf,
  parseTilePath,
  rootHashOf,
  rootOfFrontier,
  TileError,
  tilePath,
  tilesOfTree,
} from '../src/index.ts';

describe('tiles (C2SP tlog-tiles, AUD-3)', () => {
  it('names them as the standard’s example does', () => {
    assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
    assert.equal(bundlePath({ index: 0, width: 8 }), 'tile/entries/000.p/8');
    assert.equal(tilePath({ level: 2, index: 1000, width: 1 }), 'tile/2/x001/000.p/1');
  });

  it('has the tiles of the standard’s example of 70,000 entries', () => {
    const tiles = [...tilesOfTree(70_000)];
    const count = (level: number) => tiles.filter((tile) => tile.level === level && tile.width === 256).length;
    assert.deepEqual([count(0), count(1), count(2)], [273, 1, 0]);
    assert.deepEqual(
      edgeTiles(70_000).map(({ level, width }) => [level, width]),
      [
        [0, 112],
        [1, 17],
        [2, 1],
      ],
    );
    assert.equal([...bundlesOfTree(70_000)].length, 274);
    assert.deepEqual([...tilesOfTree(256)].map(tilePath), ['tile/0/000', 'tile/1/000.p/1']);
    assert.deepEqual([...tilesOfTree(0)], []);
  });

  it('reads back every path that it writes, and no other spelling', () => {
    const index = fc.integer({ min: 0, max: 2 ** 40 });
    const width = fc.integer({ min: 1, max: 256 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), index, width, (level, place, wide) => {
        const tile = { level, index: place, width: wide };
        assert.deepEqual(parseTilePath(tilePath(tile)), { tile });
        const bundle = { index: place, width: wide };
        assert.deepEqual(parseTilePath(bundlePath(bundle)), { bundle });
      }),
    );
    const others = [
      'tile/0/0',
      'tile/0/x000/001',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/000.p/08',
      'tile/7/000',
    ];
    const tricks = [
      'tile/0/../entries/000',
      '/tile/0/000',
      'tile/0/000/',
      'tile/00/000',
      'tile/-1/000',
      'tile/0/000.p/',
      '',
    ];
    for (const path of [...others, ...tricks, 'tile/entries/x000/000', 'tile/0/x999/x999/x999/x999/999'])
      assert.equal(parseTilePath(path), undefined, path);
  });

  it('reads back every bundle, and refuses one that is cut, lengthened or of another width', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(entries, (list) => {
        const buffers = list.map((bytes) => Buffer.from(bytes));
        const bundle = encodeBundle(buffers);
        assert.deepEqual(decodeBundle(bundle, buffers.length), buffers);
        assert.throws(() => decodeBundle(bundle.subarray(0, -1), buffers.length), TileError);
        assert.throws(() => decodeBundle(Buffer.concat([bundle, Buffer.of(0)]), buffers.length), TileError);
        assert.throws(() => decodeBundle(bundle, buffers.length + 1), TileError);
      }),
    );
    assert.equal(decodeBundle(encodeBundle([Buffer.alloc(65_535)]), 1)[0]?.length, 65_535);
    assert.throws(() => encodeBundle([Buffer.alloc(65_536)]), TileError);
  });

  it('agrees with the tree without tiles on every root, also past the second level, and goes on from its edge', () => {
    let tiled = emptyTiledFrontier;
    let plain = emptyFrontier;
    const full = new Map<string, Buffer>();
    const rootBySize: string[] = [];
    const leaf = (index: number) => leafHashOf(createHash('sha256').update(String(index)).digest());
    for (let size = 0; size < 66_100; ) {
      const portion = Array.from({ length: Math.min(1 + (size % 997), 66_100 - size) }, (_, place) =>
        leaf(size + place),
      );
      const appended = appendToTiles(tiled, portion);
      tiled = appended.frontier;
      for (const { level, index, hashes } of appended.tiles) full.set(`${level}/${index}`, hashes);
      plain = appendLeaves(plain, portion);
      size += portion.length;
      rootBySize.push(rootOfFrontier(tiled).toString('hex'));
      assert.equal(rootBySize.at(-1), rootHashOf(plain).toString('hex'), `size ${size}`);
      const edge = edgeTiles(size).map((tile) => [tile, Buffer.concat(tiled.edge[tile.level] ?? [])] as const);
      assert.deepEqual(rootOfFrontier(frontierFromTiles(size, new Map(edge))), rootOfFrontier(tiled));
    }
    assert.equal(full.size, 258 + 1);
  });
});
