import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { accountSchema, loginResponseSchema, problemSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { type Answer, type Gateway, jarOf, startGateway } from './support/gateway.ts';

describe('auth routes (AUTH-4)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  beforeEach(() => gateway.mesh.down.clear());
  after(() => gateway.close());

  const codeOf = (answer: Answer) => problemSchema.parse(answer.body).code;
  const attributesOf = (answer: Answer) =>
    Object.fromEntries(
      answer.headers.getSetCookie().map((cookie) => {
        const [pair = '', ...attributes] = cookie.split('; ');
        return [pair.split('=')[0], attributes.sort()];
      }),
    );

  it('register 201: answers the account and opens no session', async () => {
    const body = { email: 'New.Person@Example.com', password: 'Correct-Horse-1', name: 'New Person' };
    const answer = await gateway.call('POST', '/api/v1/auth/register', { body });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(accountSchema.parse(answer.body).email, 'new.person@example.com');
    assert.deepEqual(answer.headers.getSetCookie(), []);
    const again = await gateway.call('POST', '/api/v1/auth/register', { body });
    assert.deepEqual([again.status, codeOf(again)], [409, 'auth.email-taken']);
  });

  it('login 200: access token in the answer, session in cookies that scripts and other sites cannot use', async () => {
    const { login } = await gateway.newBrowser();
    assert.equal(login.status, 200, login.text);
    assert.equal(loginResponseSchema.parse(login.body).expiresIn, 1_800);
    assert.equal(login.headers.get('cache-control'), 'no-store');
    assert.deepEqual(attributesOf(login), {
      '__Host-access': ['HttpOnly', 'Max-Age=1800', 'Path=/', 'SameSite=Strict', 'Secure'],
      '__Secure-refresh': ['HttpOnly', 'Max-Age=604800', 'Path=/api/v1/auth', 'SameSite=Strict', 'Secure'],
      '__Host-csrf': ['Max-Age=604800', 'Path=/', 'SameSite=Strict', 'Secure'],
      '__Host-device': ['HttpOnly', 'Max-Age=34560000', 'Path=/', 'SameSite=Strict', 'Secure'],
    });
    assert.ok(!login.text.includes('refresh-'), 'the refresh token travels in its cookie alone');
  });

  it('login 401: says no more than that it was wrong, and sets no cookie', async () => {
    const body = { email: 'nobody@example.com', password: 'Correct-Horse-1' };
    const answer = await gateway.call('POST', '/api/v1/auth/login', { body });
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.invalid-credentials']);
    assert.deepEqual(answer.headers.getSetCookie(), []);
  });

  it('refresh 200: renews all cookies and answers as a sign-in does', async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    const answer = await gateway.call('POST', '/api/v1/auth/refresh', {
      headers: { cookie: cookies, 'x-csrf-token': csrf },
    });
    assert.equal(answer.status, 200, answer.text);
    loginResponseSchema.parse(answer.body);
    assert.notEqual(jarOf(answer).cookies, cookies);
    assert.equal(jarOf(answer).csrf, csrf, 'the session is the same, and so is its CSRF token');
  });

  it('refresh 200: shows the device token, by which auth tells tabs of one browser from a thief (AUTH-3)', async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    await gateway.call('POST', '/api/v1/auth/refresh', { headers: { cookie: cookies, 'x-csrf-token': csrf } });

    const sent = z.object({ deviceToken: z.string() }).parse(gateway.mesh.callsTo('auth', 'POST').at(-1)?.body);
    assert.ok(cookies.includes(`__Host-device=${sent.deviceToken}`));
  });

  it('refresh 200: works when the access token has run out', async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    const withoutAccess = cookies.replace(/__Host-access=[^;]+; /, '');
    const headers = { cookie: withoutAccess, 'x-csrf-token': csrf };
    assert.equal((await gateway.call('POST', '/api/v1/auth/refresh', { headers })).status, 200);
    const forged = { ...headers, 'x-csrf-token': 'guess' };
    assert.equal((await gateway.call('POST', '/api/v1/auth/refresh', { headers: forged })).status, 403);
  });

  it('refresh 401: a tab that lost the race does not clear the cookies of the winner (TRAPS 8)', async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    const headers = { cookie: cookies, 'x-csrf-token': csrf };
    await gateway.call('POST', '/api/v1/auth/refresh', { headers });
    const loser = await gateway.call('POST', '/api/v1/auth/refresh', { headers });
    assert.deepEqual([loser.status, codeOf(loser)], [401, 'auth.refresh-invalid']);
    assert.deepEqual(loser.headers.getSetCookie(), []);
  });

  it('refresh 401: without a refresh cookie; a token in the body is not taken', async () => {
    const answer = await gateway.call('POST', '/api/v1/auth/refresh');
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.refresh-invalid']);
    const inBody = await gateway.call('POST', '/api/v1/auth/refresh', { body: { refreshToken: 'x'.repeat(40) } });
    assert.equal(inBody.status, 400);
  });

  it('logout 204: ends the session at auth and clears every cookie', async () => {
    const { cookies, csrf, login } = await gateway.newBrowser();
    const answer = await gateway.call('POST', '/api/v1/auth/logout', {
      headers: { cookie: cookies, 'x-csrf-token': csrf },
    });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.getSetCookie().length, 3);
    assert.ok(
      answer.headers.getSetCookie().every((cookie) => /^[^=]+=; /.test(cookie) && cookie.includes('Max-Age=0')),
    );
    const { accessToken } = loginResponseSchema.parse(login.body);
    assert.equal(gateway.mesh.callsTo('auth', 'POST').at(-1)?.userToken, accessToken);
  });

  it('logout 204: ends the session though the access token has run out', async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    const headers = { cookie: cookies.replace(/__Host-access=[^;]+; /, ''), 'x-csrf-token': csrf };
    assert.equal((await gateway.call('POST', '/api/v1/auth/logout', { headers })).status, 204);
    const paths = gateway.mesh.callsTo('auth', 'POST').map(({ path }) => path);
    assert.deepEqual(paths.slice(-2), ['/v1/refresh', '/v1/logout']);
  });

  it('logout 503: keeps the cookies while the session could not be ended', async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    gateway.mesh.down.add('auth');
    const answer = await gateway.call('POST', '/api/v1/auth/logout', {
      headers: { cookie: cookies, 'x-csrf-token': csrf },
    });
    assert.equal(answer.status, 503);
    assert.deepEqual(answer.headers.getSetCookie(), []);
  });

  it('account 200 with cookie or bearer token, 401 with neither', async () => {
    const { cookies, login, credentials } = await gateway.newBrowser();
    const byCookie = await gateway.call('GET', '/api/v1/auth/account', { headers: { cookie: cookies } });
    assert.equal(accountSchema.parse(byCookie.body).email, credentials.email);
    const token = loginResponseSchema.parse(login.body).accessToken;
    assert.equal((await gateway.call('GET', '/api/v1/auth/account', { token })).status, 200);
    const nobody = await gateway.call('GET', '/api/v1/auth/account');
    assert.deepEqual([nobody.status, codeOf(nobody)], [401, 'auth.token-missing']);
    assert.match(nobody.headers.get('www-authenticate') ?? '', /^Bearer/);
  });

  it('the bearer token wins when both are sent', async () => {
    const { cookies } = await gateway.newBrowser();
    const person = await gateway.newPerson();
    await person.call('POST', '/api/v1/tasks', { body: { title: 'mine' }, headers: { cookie: cookies } });
    assert.equal(gateway.mesh.tasksOf(person.userId).length, 1);
  });
});
