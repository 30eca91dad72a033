import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import { type Answer, call, newPerson, type Person } from '../support/client.ts';

describe('Sessions under attack (AUTH-3, AUTH-4, AUTH-6)', () => {
  let url = '';
  let person: Person;
  before(async () => {
    url = (await testPlatform()).url;
    person = await newPerson(url);
  });

  async function signIn(headers: Record<string, string> = {}) {
    const { email, password } = person;
    return sessionOf(await call(url, 'POST', '/api/v1/auth/login', { body: { email, password }, headers }));
  }
  const post = (path: string, headers: Record<string, string>) =>
    call(url, 'POST', `/api/v1/auth/${path}`, { headers });

  it('session fixation: signing in with planted cookies opens a new session', async () => {
    const planted = await signIn();
    const own = await signIn({ cookie: planted.cookies });
    assert.notEqual(own.csrf, planted.csrf, 'the CSRF token names the session');
    assert.notEqual(own.refresh, planted.refresh);
  });

  it('CSRF: a worthless bearer token does not lift the check for the cookies beside it', async () => {
    for (const authorization of [
      'Bearer x',
      'bearer a.b.c',
      'Basic eDp5',
      `Bearer ${person.token.slice(0, -8)}AAAAAAAA`,
    ]) {
      const { cookies } = await signIn();
      for (const path of ['refresh', 'logout']) {
        const answer = await post(path, { cookie: cookies, authorization });
        assert.equal(answer.status, 403, `${path} with ${authorization.slice(0, 12)}`);
        assert.deepEqual(answer.headers.getSetCookie(), []);
      }
    }
  });

  it('login CSRF: neither does it lift the check of origin', async () => {
    const { email, password } = person;
    const headers = { authorization: 'Bearer x', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const answer = await call(url, 'POST', '/api/v1/auth/login', { body: { email, password }, headers });
    assert.equal(answer.status, 403);
  });

  it('twenty tabs that refresh at once stay signed in, and a thief who comes later ends the session (AUTH-3)', async () => {
    const session = await signIn();
    const headers = { cookie: session.cookies, 'x-csrf-token': session.csrf };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('refresh', headers)));
    const renewed = answers.map(sessionOf);
    assert.equal(new Set(renewed.map(({ refresh }) => refresh)).size, 1, 'one successor for all');
    assert.equal((await post('refresh', { ...headers, 'user-agent': 'thief' })).status, 401);
    const last = renewed[0];
    assert.ok(last);
    assert.equal((await post('refresh', { cookie: last.cookies, 'x-csrf-token': last.csrf })).status, 401);
  });

  it('a refresh that races a sign-out leaves nothing behind that still opens the door', async () => {
    const session = await signIn();
    const headers = { cookie: session.cookies, 'x-csrf-token': session.csrf };
    const [out, ...refreshed] = await Promise.all([
      post('logout', headers),
      ...Array.from({ length: 5 }, () => post('refresh', headers)),
    ]);
    assert.equal(out?.status, 204);
    for (const answer of refreshed.filter(({ status }) => status === 200)) {
      const survivor = sessionOf(answer);
      const account = await call(url, 'GET', '/api/v1/auth/account', { headers: { cookie: survivor.cookies } });
      assert.equal(account.status, 401);
      assert.equal((await post('refresh', { cookie: survivor.cookies, 'x-csrf-token': survivor.csrf })).status, 401);
    }
  });

  it('tokens with bytes that the mesh cannot carry are no tokens, and no failure of a service', async () => {
    for (const bytes of ['\xe9', 'a\xff', 'é'.repeat(50)]) {
      assert.equal((await post('logout', { authorization: `Bearer ${bytes}` })).status, 204);
      const cookie = `__Host-access=${bytes}; __Secure-refresh=${bytes}`;
      assert.equal((await post('logout', { cookie })).status, 204);
      assert.equal((await post('refresh', { cookie })).status, 401);
    }
  });
});

function sessionOf(answer: Answer) {
  assert.equal(answer.status, 200, answer.text);
  const cookies = answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
  const cookieNamed = (name: string) => new RegExp(`${name}=([^;]+)`).exec(cookies)?.[1] ?? assert.fail(name);
  return { cookies, csrf: cookieNamed('__Host-csrf'), refresh: cookieNamed('__Secure-refresh') };
}
