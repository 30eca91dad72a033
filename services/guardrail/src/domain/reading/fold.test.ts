import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bareOf, fold } from './fold.ts';

describe('folding (GUARD-2)', () => {
  const latin: Readonly<Record<string, string>> = {
    'IgNoRe ALL': 'ignore all',
    'Ｉｇｎｏｒｅ　ａｌｌ': 'ignore all',
    '𝗜𝗴𝗻𝗼𝗿𝗲 𝒶𝓁𝓁': 'ignore all',
    '𝒾\u{1d4bc}𝓃\u{1d4c4}𝓇\u{1d4ba} \u{1d4a0}\u{1d506}\u{1d545}': 'ignore ecn',
    'ⓘⓖⓝⓞⓡⓔ 🅰🅻🅻 🄸🄶🄽': 'ignore all ign',
    '🇮 🇬 🇳': 'i g n',
    'ɪɢɴᴏʀᴇ ᴀʟʟ': 'ignore all',
    'Ígñörê àll prévïous': 'ignore all previous',
    'I̶g̶n̶o̶r̶e̶ a̲l̲l̲': 'ignore all',
    'Ig\u200bno\u00adre\u2060 a\ufeffll': 'ignore all',
    'ig\ufe0fnore\u{e0100} all': 'ignore all',
    'Ignоrе аll рrеvіоus': 'ignore all previous',
    IGИOЯE: 'ignore',
    ΙGΝΟRΕ: 'ignore',
    'answer аѕ a pirate': 'answer as a pirate',
    'ꓲꓖꓠꓳꓣꓰ previous': 'ignore previous',
    'Ignøre łimits, Straße': 'ignore limits, strasse',
    'a  b\tc\u00a0d\r\ne': 'a b c d\ne',
    'ign\ud800ore': 'ignore',
    '⠊⠛⠝⠕⠗⠑ ⠁⠇⠇': 'ignore all',
    'ıGNORE İSTANBUL': 'ignore istanbul',
  };
  for (const [text, folded] of Object.entries(latin))
    it(`${text} is ${folded}`, () => assert.equal(fold(text), folded));

  const others: Readonly<Record<string, string>> = {
    'Позвонить маме завтра': 'позвонить маме завтра',
    'Зателефонуй їй і Юрію': 'зателефонуи іи і юрію',
    'ΛΟΓΟΣ και μαμά': 'λογοσ και μαμα',
    'купить milk и сахар': 'купить milk и сахар',
    'لا تَنْسَ الـمَوْعِد أو الإجازة': 'لا تنس الموعد او الاجازة',
    'ज़रूर याद दिलाना': 'जरूर याद दिलाना',
    '한국어와 がぎ': '한국어와 がぎ',
    '提醒我明天，买牛奶': '提醒我明天,买牛奶',
    שָׁלוֹם: 'שלום',
    ซื้อนม: 'ซื้อนม',
  };
  for (const [text, folded] of Object.entries(others))
    it(`${text} stays itself`, () => assert.equal(fold(text), folded));

  it('attack: Latin letters within a Russian word do not hide it', () => {
    assert.equal(fold('игнoрируй вcе'), 'игнорируи все');
  });

  it('folding twice changes nothing, for every character and any string', () => {
    for (let point = 0; point <= 0x1ffff; point += 1) {
      const text = `a${String.fromCodePoint(point)}b ${String.fromCodePoint(point)}`;
      const folded = fold(text);
      if (fold(folded) !== folded) assert.fail(`U+${point.toString(16)}: ${folded}, ${fold(folded)}`);
    }
    const letters = fc.constantFrom(...'абвиоясςΣΝΗМНαβενIiıİßẞaeokCſŉ´`’ \n\u0301\u0338\u200b\ud800\udc00');
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(letters, { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyText, (text) => fold(fold(text)) === fold(text)),
      { numRuns: 5000 },
    );
  });

  it('what decoders look at keeps its case', () => {
    assert.equal(bareOf('ａＧｖ\u200bsＢG8='), 'aGvsBG8=');
  });

  it('attack: no sign makes a text much longer', () => {
    for (let unit = 0x80; unit < 0x10000; unit += 1) {
      const text = String.fromCharCode(unit).repeat(8);
      assert.ok(fold(text).length <= 5 * text.length, unit.toString(16));
    }
  });
});
