import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { begunErasureSchema, erasureStatusSchema, newId, problemSchema } from '@todo-chatbot/contracts';
import { type Answer, type Gateway, startGateway } from './support/gateway.ts';

describe('Erasing oneself through the public door (PRIV-4)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  const outcomeOf = ({ status, body }: Answer) => [status, problemSchema.parse(body).code];
  const eraseMe = async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    return gateway.call('DELETE', '/api/v1/privacy/account', { headers: { cookie: cookies, 'x-csrf-token': csrf } });
  };
  const begin = async () => begunErasureSchema.parse((await eraseMe()).body);
  const look = (id: string, token: string, tail = '') =>
    gateway.call('GET', `/api/v1/privacy/erasures/${id}${tail}`, { headers: { 'x-erasure-token': token } });

  it('202: the session’s cookies go with the account', async () => {
    const answer = await eraseMe();
    assert.equal(answer.status, 202);
    const cleared = answer.headers.getSetCookie();
    assert.equal(cleared.length, 3);
    assert.ok(cleared.every((cookie) => /Max-Age=0/.test(cookie)));
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });

  it('401: a session that has not proven itself lately erases nobody (RFC 9470)', async () => {
    const token = await gateway.mesh.tokenFor({ authenticatedAt: new Date(Date.now() - 3_600_000) });
    const answer = await gateway.call('DELETE', '/api/v1/privacy/account', { token });
    assert.deepEqual(outcomeOf(answer), [401, 'auth.step-up-required']);
  });

  it('the progress is shown to whoever has the secret of the link, without an account', async () => {
    const { id, token } = await begin();
    const answer = await look(id, token);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(erasureStatusSchema.parse(answer.body).id, id);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });

  it('attack: neither progress nor proof is shown for another secret, another erasure or none', async () => {
    const { id, token } = await begin();
    for (const tail of ['', '/proof-file']) {
      assert.deepEqual(outcomeOf(await look(id, 'x'.repeat(43), tail)), [404, 'erasure.not-found']);
      assert.deepEqual(outcomeOf(await look(newId('erasure'), token, tail)), [404, 'erasure.not-found']);
      assert.deepEqual(outcomeOf(await look(id, 'short', tail)), [400, 'request.invalid']);
      const bare = await gateway.call('GET', `/api/v1/privacy/erasures/${id}${tail}?x-erasure-token=${token}`);
      assert.deepEqual(outcomeOf(bare), [400, 'request.invalid'], 'never in an address');
    }
    assert.equal(gateway.mesh.callsTo('audit').length, 0);
  });

  it('the proof of the certificate comes from the audit log as a file', async () => {
    const { id, token } = await begin();
    const answer = await look(id, token, '/proof-file');
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(answer.headers.get('content-disposition') ?? '', /erasure\.tlog-proof/);
    assert.equal(gateway.mesh.callsTo('audit').at(-1)?.path, `/v1/erasure-proofs/${id}`);
  });
});
