import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../random.ts';
import { vary } from './vary.ts';

/** Enough tries for each habit of typing to come up. */
const tries = 400;

describe('vary', () => {
  const variants = (text: string, language: string) => {
    const random = createRandom(1);
    return new Set(Array.from({ length: tries }, () => vary({ text, language, label: 0, kind: 'test' }, random)));
  };

  it('types a message in small letters, in capitals, with and without a full stop (GUARD-4)', () => {
    const typed = variants('call Anna at noon', 'en');
    for (const text of ['call anna at noon', 'CALL ANNA AT NOON', 'Call Anna at noon.', 'call Anna at noon'])
      assert.ok(typed.has(text), text);
  });

  it('mends the marks that templates leave behind (GUARD-4)', () => {
    assert.ok(variants(', water the plants , thanks', 'en').has('Water the plants, thanks'));
  });

  it('ends Chinese and Hindi with their own full stops and knows the letters i of Turkish (GUARD-4)', () => {
    assert.ok(variants('买牛奶', 'zh').has('买牛奶。'));
    assert.ok(variants('दूध लाना', 'hi').has('दूध लाना।'));
    assert.ok(variants('iyi akşamlar', 'tr').has('İyi akşamlar'));
  });
});
