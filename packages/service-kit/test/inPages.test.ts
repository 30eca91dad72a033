import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPages } from '../src/index.ts';

for (const count of [0, 1, 2, 3, 4, 6, 7]) {
  test(`${count} rows in pages of 3 come in order, once each, and no page is larger`, async () => {
    const rows = Array.from({ length: count }, (_, index) => index);
    let reads = 0;
    const read = async (after: number | undefined, limit: number) => {
      reads += 1;
      assert.equal(limit, 3);
      return rows.filter((row) => after === undefined || row > after).slice(0, limit);
    };
    assert.deepEqual(await Array.fromAsync(inPages(read, 3)), rows);
    assert.equal(reads, Math.floor(count / 3) + 1);
  });
}

test('nothing is read ahead: who stops early has read one page', async () => {
  let reads = 0;
  const read = async () => {
    reads += 1;
    return [reads];
  };
  for await (const row of inPages(read, 1)) if (row === 1) break;
  assert.equal(reads, 1);
});

test('a page that cannot be read ends it with the error, so that nobody takes a part for the whole (PRIV-3)', async () => {
  const read = async (after: number | undefined) => {
    if (after === undefined) return [1];
    throw new Error('broken');
  };
  await assert.rejects(Array.fromAsync(inPages(read, 1)), /broken/);
});
