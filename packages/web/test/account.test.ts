import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientName } from '../src/account/sessions.ts';
import { failureOf } from '../src/api/problem.ts';
import { linkOf } from '../src/links/linkToken.ts';
import { checkedPassword } from '../src/session/password.ts';

describe('Pages of the account', () => {
  it('a mailed link gives its token, and nothing else does (AUTH-13)', () => {
    const token = 'A_-'.padEnd(43, 'x');
    const reset = '/account/reset-password';
    assert.deepEqual(linkOf({ pathname: reset, hash: `#token=${token}` }), { path: reset, token });
    for (const hash of [
      '',
      '#',
      `#token=${token}x`,
      `#token=${token.slice(1)}`,
      `#token=${token}&next=//evil`,
      '#<b>',
    ]) {
      assert.deepEqual(linkOf({ pathname: reset, hash }), { path: reset, token: null }, hash);
    }
    for (const pathname of ['/', '/account', `${reset}/`, '/account/confirm-email/x']) {
      assert.equal(linkOf({ pathname, hash: `#token=${token}` }), null, pathname);
    }
  });

  it('a password that bcrypt would cut off is refused in words (AUTH-5)', () => {
    assert.equal(checkedPassword('x'.repeat(72)), 'x'.repeat(72));
    assert.throws(() => checkedPassword('x'.repeat(73)), /takes 73 bytes and may take 72/);
    assert.throws(() => checkedPassword('é'.repeat(37)), /takes 74 bytes/);
  });

  it('says how long to wait in words (API-3)', () => {
    const limited = (retryAfterSeconds: number) =>
      failureOf(429, {
        type: 'urn:x',
        title: 'Too many',
        status: 429,
        code: 'request.rate-limited',
        retryAfterSeconds,
      });
    assert.equal(limited(30).message, 'That was too many tries in a short time. Try again in 30 s.');
    assert.match(limited(1_000).message, /Try again in 17 minutes\.$/);
  });

  it('names clients as people know them', () => {
    const names = {
      'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': 'Firefox on Linux',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0':
        'Edge on Windows',
      'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36':
        'Chrome on Android',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1':
        'Safari on iPhone',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15':
        'Safari on macOS',
      'curl/8.5': 'curl/8.5',
    };
    for (const [userAgent, name] of Object.entries(names)) assert.equal(clientName(userAgent), name);
    assert.equal(clientName(null), 'Unknown client');
    assert.equal(clientName('x'.repeat(300)).length, 60);
  });
});
