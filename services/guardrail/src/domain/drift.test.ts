import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { populationStabilityIndex, tenthsOf } from './drift.ts';

const even = Array.from({ length: 10 }, () => 0.1);

test('equal distributions have no drift, whatever their size; a shifted one has more the further it is', () => {
  assert.equal(
    populationStabilityIndex(
      even,
      even.map((share) => share * 5_000),
    ),
    0,
  );
  const [some, much] = [
    [200, 200, 100, 100, 100, 100, 100, 100, 0, 0],
    [900, 100, 0, 0, 0, 0, 0, 0, 0, 0],
  ].map((counts) => populationStabilityIndex(even, counts));
  assert.ok((some ?? 0) > 0.25 && (much ?? 0) > (some ?? 0));
});

test('the index of two shares is what one reckons by hand', () => {
  const expected = (0.75 - 0.5) * Math.log(0.75 / 0.5) + (0.25 - 0.5) * Math.log(0.25 / 0.5);
  assert.ok(Math.abs(populationStabilityIndex([0.5, 0.5], [750, 250]) - expected) < 1e-12);
});

test('property: the index is finite and never negative, also with empty tenths and without any text', () => {
  const counts = fc.array(fc.nat({ max: 100_000 }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(counts, counts, (reference, observed) => {
      const total = reference.reduce((sum, count) => sum + count, 0);
      const shares = reference.map((count) => (total === 0 ? 0.1 : count / total));
      const index = populationStabilityIndex(shares, observed);
      assert.ok(Number.isFinite(index) && index >= -1e-12, String(index));
    }),
  );
});

test('scores are counted by tenths; the highest one is in the last', () => {
  const counts = [0, 9, 10, 99, 100].map((hundredths) => ({ hundredths, count: 2 }));
  assert.deepEqual(tenthsOf(counts), [4, 2, 0, 0, 0, 0, 0, 0, 0, 4]);
});
