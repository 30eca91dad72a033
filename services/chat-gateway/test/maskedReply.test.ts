import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guardrailMask } from '@todo-chatbot/contracts';
import fc from 'fast-check';
import { isMaskOf } from '../src/domain/maskedReply.ts';

describe('masked replies', () => {
  it('a reply with any pieces masked is one', () => {
    const piece = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('*', ' ', 'a'), maxLength: 6 }));
    const pieces = fc.array(fc.tuple(piece, fc.boolean()), { minLength: 1 });
    fc.assert(
      fc.property(pieces, fc.string(), (parts, rest) => {
        const text = parts.map(([piece]) => piece).join('') + rest;
        const masked = parts.map(([piece, isMasked]) => (isMasked ? guardrailMask : piece)).join('') + rest;
        if (parts.some(([, isMasked]) => isMasked)) assert.ok(isMaskOf(masked, text));
      }),
    );
  });

  it('a piece among asterisks of the reply is masked with them', () => {
    for (const [masked, text] of [
      ['Mail *****.', 'Mail **bob@example.com**.'],
      ['* *** *****', '* a *b*'],
    ] as const) {
      assert.ok(isMaskOf(masked, text), masked);
    }
  });

  it('attack: words that the reply has not, in another order or twice, are none of it', () => {
    const text = 'Call 555 or 666.';
    for (const masked of [
      text,
      'Call 777 or ***.',
      '***.Call',
      'Call *** or *** or 666.',
      'Call 555 or 666.***.',
      '*** now',
      'Pay ***',
      '',
    ]) {
      assert.equal(isMaskOf(masked, text), false, masked);
    }
  });
});
