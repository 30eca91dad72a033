import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { send } from '../src/api/client.ts';
import { registerStepUpPrompt } from '../src/api/stepUp.ts';

const problem = (status: number, code: string) =>
  Response.json({ type: `urn:todo-chatbot:error:${code}`, title: code, status, code }, { status });
const done = () => Response.json({ isDone: true });

describe('Requests that are refused and repeated (AUTH-4, AUTH-8)', () => {
  let sent: string[] = [];
  let lasting: string[] = [];
  let answers: Response[] = [];
  beforeEach(() => {
    sent = [];
    Object.defineProperty(globalThis, 'document', { value: { cookie: '__Host-csrf=token' }, configurable: true });
    lasting = [];
    mock.method(globalThis, 'fetch', async (path: string, { keepalive }: RequestInit = {}) => {
      sent.push(path.replace('/api/v1', ''));
      if (keepalive) lasting.push(path);
      return answers.shift() ?? done();
    });
  });
  afterEach(() => {
    mock.restoreAll();
    Reflect.deleteProperty(globalThis, 'document');
  });
  const post = () => send('POST', '/auth/api-keys');

  it('an expired access token is renewed once, and the request repeated', async () => {
    answers = [problem(401, 'auth.token-invalid'), done(), done()];
    await post();
    assert.deepEqual(sent, ['/auth/api-keys', '/auth/refresh', '/auth/api-keys']);
  });

  it('a renewal goes on when the page is closed, or the browser would come back with a used token, as a thief does (AUTH-3)', async () => {
    answers = [problem(401, 'auth.token-invalid'), done(), done()];
    await post();
    assert.deepEqual(lasting, ['/api/v1/auth/refresh']);
  });

  it('a token that stays refused is not renewed for ever', async () => {
    answers = [problem(401, 'auth.token-invalid'), done(), problem(401, 'auth.token-invalid')];
    await assert.rejects(post(), { code: 'auth.token-invalid' });
    assert.equal(sent.length, 3);
  });

  it('a session that could not be renewed just now has not ended: the page keeps it (PRIN-6)', async () => {
    for (const [status, code] of [
      [429, 'request.rate-limited'],
      [503, 'upstream.unavailable'],
    ] as const) {
      answers = [problem(401, 'auth.token-invalid'), problem(status, code)];
      await assert.rejects(post(), { status, code });
    }
    answers = [problem(401, 'auth.token-invalid'), problem(401, 'auth.refresh-invalid')];
    await assert.rejects(post(), { code: 'auth.token-invalid' });
  });

  it('a wrong password is no expired token: nothing is renewed', async () => {
    answers = [problem(401, 'auth.invalid-credentials')];
    await assert.rejects(send('POST', '/auth/login'), { code: 'auth.invalid-credentials' });
    assert.deepEqual(sent, ['/auth/login']);
  });

  it('a consent that was given in another browser is in the renewed token: the request is repeated, once (PRIV-2)', async () => {
    const message = () => send('POST', '/chat/messages');
    answers = [problem(403, 'consent.required'), done(), done()];
    await message();
    assert.deepEqual(sent, ['/chat/messages', '/auth/refresh', '/chat/messages']);
    answers = [problem(403, 'consent.required'), done(), problem(403, 'consent.required')];
    await assert.rejects(message(), { code: 'consent.required' });
    assert.equal(sent.length, 6);
  });

  it('where a fresh proof is wanted, the person is asked and the session is not renewed (RFC 9470)', async () => {
    let asked = 0;
    const forget = registerStepUpPrompt(async () => {
      asked += 1;
      return true;
    });
    answers = [problem(401, 'auth.step-up-required'), done()];
    await post();
    assert.deepEqual([asked, sent], [1, ['/auth/api-keys', '/auth/api-keys']]);
    answers = [problem(401, 'auth.token-invalid'), done(), problem(401, 'auth.step-up-required'), done()];
    await post();
    assert.equal(asked, 2, 'a renewed token may be of somebody who proved themselves long ago');
    forget();
  });

  it('whoever does not prove themselves is refused in words, and two requests ask once', async () => {
    let asked = 0;
    const forget = registerStepUpPrompt(async () => {
      asked += 1;
      return false;
    });
    answers = [problem(401, 'auth.step-up-required'), problem(401, 'auth.step-up-required')];
    const refusals = await Promise.allSettled([post(), post()]);
    for (const refusal of refusals) {
      assert.equal(refusal.status, 'rejected');
      assert.match(String(Object(refusal).reason.message), /prove first that it is you/);
    }
    assert.deepEqual([asked, sent.length], [1, 2]);
    forget();
    answers = [problem(401, 'auth.step-up-required')];
    await assert.rejects(post(), { code: 'auth.step-up-required' });
  });

  it('a dialog that goes away unanswered, as when the session ends, holds up neither its request nor the next one', async () => {
    const asked = Promise.withResolvers<void>();
    const forget = registerStepUpPrompt(() => {
      asked.resolve();
      return new Promise(() => undefined);
    });
    answers = [problem(401, 'auth.step-up-required')];
    const waiting = post();
    await asked.promise;
    forget();
    await assert.rejects(waiting, { code: 'auth.step-up-required' });

    const forgetNext = registerStepUpPrompt(async () => true);
    answers = [problem(401, 'auth.step-up-required'), done()];
    await post();
    forgetNext();
  });
});
