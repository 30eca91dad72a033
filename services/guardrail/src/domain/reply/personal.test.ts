import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { loadGuard } from '../../adapters/loadGuard.ts';

const guard = loadGuard();
const judge = (text: string, known: string[] = []) =>
  guard.judge({ text, direction: 'output', context: { instructions: null, known } });

describe('attack: a reply tells somebody else’s addresses, numbers, cards or accounts (GUARD-3)', () => {
  const pieces: Readonly<Record<string, readonly string[]>> = {
    email: ['bob@example.com', 'Bob.Smith+todo@mail.example.co.uk', 'jörg@münchen.example'],
    phone: [
      '+49 170 1234567',
      '+1 (415) 555-2671',
      '0170 1234567',
      '415-555-2671',
      '01 42 68 53 00',
      '+４９ １７０ １２３４５６７',
      '+٤٩١٧٠١٢٣٤٥٦٧',
    ],
    'payment-card': ['4111 1111 1111 1111', '5500005555555559', '378282246310005'],
    iban: ['DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432'],
  };
  for (const [reason, texts] of Object.entries(pieces)) {
    for (const text of texts) {
      it(`${reason}: ${text}`, () => {
        const verdict = judge(`Bob: ${text}, as you asked.`);
        assert.deepEqual([verdict.verdict, verdict.layer, verdict.reason], ['mask', 'personal', reason]);
        assert.equal(verdict.masked, 'Bob: ***, as you asked.');
      });
      it(`harmless: the person’s own, told them again: ${text}`, () => {
        assert.equal(judge(`Added “${text}” to Tasks.`, [`add ${text} please`]).verdict, 'allow');
      });
    }
  }

  const unusual: Readonly<Record<string, readonly string[]>> = {
    email: [
      'bob.smith @ example.com',
      'bob.smith [at] example [dot] com',
      'bob(at)example.com',
      'bob&#64;example.com',
      'bob@ example.com',
      'bob`@`example.com',
    ],
    phone: ['call 01701234567', 'Tel: 0170.1234567', 'phone 0 1 7 0 1 2 3 4 5 6 7', 'Handy 004917012345678'],
    'payment-card': [
      '4111.1111.1111.1111',
      '4111–1111–1111–1111',
      '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
      'no4111111111111111',
    ],
    iban: ['DE89-3704-0044-0532-0130-00', 'de 89 3704 0044 0532 0130 00', 'iban=de89370400440532013000'],
  };
  for (const [reason, texts] of Object.entries(unusual)) {
    for (const text of texts) {
      it(`${reason} in an unusual form: ${text}`, () => {
        const verdict = judge(`Bob: ${text}, as you asked.`);
        assert.deepEqual([verdict.verdict, verdict.layer, verdict.reason], ['mask', 'personal', reason]);
        assert.match(verdict.masked ?? '', /^Bob: [^\d@]*\*\*\*, as you asked\.$/);
        assert.equal(judge(`Added “${text}” to Tasks.`, [`add ${text} please`]).verdict, 'allow');
      });
    }
  }

  it('masks each piece and nothing else', () => {
    const text = 'Ann “a@example.com”, Bob +49 170 1234567 and again a@example.com: 4111-1111-1111-1111.';
    assert.equal(judge(text).masked, 'Ann “***”, Bob *** and again ***: ***.');
    assert.equal(
      judge(text, ['mail A@Example.com']).masked,
      'Ann “a@example.com”, Bob *** and again a@example.com: ***.',
    );
  });

  it('invisible characters hide nothing, and go with the piece', () => {
    assert.equal(judge('Bob: bo\u200bb@exam\u2060ple.com!').masked, 'Bob: ***!');
    assert.equal(judge('“Bob”: ＋49 170 \u200b1234567 ok').masked, '“Bob”: *** ok');
  });

  it('a number is known in any grouping, and with or without its country', () => {
    for (const [said, known] of [
      ['+49 170 1234567', 'call 0170/1234567'],
      ['0170 1234567', 'call +491701234567'],
      ['+49 170 1234567', 'call 491701234567'],
      ['DE89 3704 0044 0532 0130 00', 'de89370400440532013000'],
      ['4111111111111111', '4111 1111 1111 1111'],
    ] as const) {
      assert.equal(judge(`It is ${said}.`, [known]).verdict, 'allow', said);
    }
  });

  it('attack: a part of what is known is not known', () => {
    assert.equal(judge('bob@example.com', ['annabob@example.com']).verdict, 'mask');
    assert.equal(judge('bob@example.com', ['bob@example.com.evil.example']).verdict, 'mask');
    assert.equal(judge('+49 170 1234567', ['+49 170 123', '4567']).verdict, 'mask');
  });

  it('harmless: dates, times, prices, ids and amounts pass', () => {
    for (const text of [
      'due 2026-11-27 17:00, and 27.11.2026 at 10.30',
      'It costs 1,299.00 or 12 499 kr, in 2024 1999.95.',
      'Order 20261127103 and ISBN 978-3-16-148410-0',
      'tsk_0192f3c4-5b6a-7d8e-9f01-23456789abcd',
      'commit 84abca9f0e1d2c3b4a5968778695a4b3c2d1e0ff',
      'sizes 36 38 40 42 44, scale 1:10000',
      'Meet @bob at 5, 3 @ 4.50',
      'Meet @bob.smith at the polka dot cafe. dinner @ 7.30',
      'Added “call” to Tasks, due 27.11.2026, 14:30; call 2026-11-27 14:30, call 10:30-11:45',
      'sizes 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15',
      'page 1234567890123456 of the counter',
      '1. “milk” (Tasks), due Fri 27 Nov, 17:00\n2. “eggs” (Tasks)',
    ]) {
      assert.equal(judge(text).verdict, 'allow', text);
    }
  });

  it('whatever stands around it, a foreign address never goes out', () => {
    const around = fc.string({
      unit: fc.constantFrom(' ', 'a', '7', '“', '\n', '字', '\u200b', '.', '-', '@'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(around, around, (before, behind) => {
        const { verdict, masked } = judge(`${before} bob@example.com ${behind}`);
        assert.ok(verdict === 'block' || (verdict === 'mask' && !masked?.includes('bob@example.com')));
      }),
    );
  });
});
