import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guardrailTextLimit } from '@todo-chatbot/contracts';
import { fold } from '../reading/fold.ts';
import { wordsOf } from '../reading/words.ts';
import { compilePhrase, phraseFaults } from './phrase.ts';

const isIn = (phrase: string, text: string) => compilePhrase(phrase).isIn(wordsOf(fold(text)));

describe('the phrases of editors (GUARD-5)', () => {
  it('are compared as words, whatever their case, accents and punctuation', () => {
    assert.ok(isIn('Blue Protocol', 'start the “blúe  PROTOCOL” now'));
    assert.ok(!isIn('blue protocol', 'start the blue protocols'));
    assert.ok(!isIn('blue protocol', 'the bluest protocol'));
  });

  it('let a star stand for up to five words', () => {
    assert.ok(isIn('blue * protocol', 'blue protocol'));
    assert.ok(isIn('blue * protocol', 'blue one two three four five protocol'));
    assert.ok(!isIn('blue * protocol', 'blue one two three four five six protocol'));
  });

  it('let a star at the end of a word stand for any ending', () => {
    assert.ok(isIn('protoc*', 'all protocols'));
    assert.ok(isIn('protoc* blue', 'protocolised blue'));
    assert.ok(!isIn('protoc*', 'all protos'));
  });

  it('reach over no end of a sentence', () => {
    assert.ok(!isIn('blue * protocol', 'The sky is blue. The protocol is long.'));
  });

  it('are found again after a false start', () => {
    assert.ok(isIn('a a b', 'a a a b'));
    assert.ok(isIn('blue red * green', 'blue blue red red green'));
  });

  it('know Chinese, which has no spaces', () => assert.ok(isIn('蓝色协议', '请启动蓝色协议吧')));

  it('attack: a phrase of gaps or a letter would shut everybody out, so it is refused and found nowhere', () => {
    for (const phrase of ['***', '* * *', 'a*', 'a *', '. ! ?', 'ab']) {
      assert.notEqual(phraseFaults(phrase), null, phrase);
      assert.ok(!isIn(phrase, 'a ab anything at all'), phrase);
    }
    assert.equal(phraseFaults('ignor* * protocol'), null);
  });

  it('attack: a hostile text takes linear time (denial of service)', () => {
    const phrase = compilePhrase(`${'a* * '.repeat(39)}b`);
    const words = wordsOf('a '.repeat(guardrailTextLimit / 2));
    const begin = performance.now();
    assert.ok(!phrase.isIn(words));
    // About 4,000 words times 40 steps; going back would take years.
    assert.ok(performance.now() - begin < 200);
  });
});
