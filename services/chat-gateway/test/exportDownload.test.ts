import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { exportLinkSchema, newId, problemSchema } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { type Gateway, startGateway } from './support/gateway.ts';

describe('Download of an export at the public door (PRIV-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ RATE_LIMIT_EXPORTS_PER_HOUR: '3' });
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.mesh.exports.archive.chunks = [
      Buffer.from('{"first":1,'),
      Buffer.alloc(700_000, ' '),
      Buffer.from('"é":2}'),
    ];
    gateway.mesh.exports.beforeChunk = async () => undefined;
  });

  const callsAboutExports = () =>
    gateway.mesh.callsTo('auth').filter(({ path }) => path.startsWith('/v1/exports')).length;

  type Caller = Awaited<ReturnType<Gateway['newPerson']>>;
  const download = '/api/v1/privacy/exports/download';
  async function linkOf(person: Caller) {
    const answer = await person.call('POST', `/api/v1/privacy/exports/${newId('export')}/link`);
    assert.equal(answer.status, 201, answer.text);
    return exportLinkSchema.parse(answer.body);
  }

  /** Asks as a program does that sees the connection itself. */
  async function begin(person: Caller, body: unknown): Promise<IncomingMessage> {
    const request = httpRequest(`${gateway.origin}${download}`, {
      agent: false,
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
    });
    request.on('error', () => undefined);
    request.end(JSON.stringify(body));
    const [answer]: IncomingMessage[] = await once(request, 'response');
    return answer ?? assert.fail('no answer');
  }

  it('the archive comes whole, as a file whose length is known, with the token in no URL', async () => {
    const person = await gateway.newPerson();
    const { token } = await linkOf(person);
    const answer = await begin(person, { token });
    assert.equal(answer.statusCode, 200);
    const bytes = Buffer.concat(await answer.toArray());
    assert.deepEqual(bytes, Buffer.concat(gateway.mesh.exports.archive.chunks));
    assert.equal(answer.headers['content-length'], String(bytes.length));
    assert.equal(answer.headers['content-disposition'], 'attachment; filename="my-data.json"');
    assert.equal(answer.headers['cache-control'], 'no-store');
    for (const call of gateway.mesh.callsTo('auth')) {
      assert.ok(!call.path.includes(token) && !JSON.stringify(call.query ?? {}).includes(token));
    }
  });

  it('attack: the link is tried again: 410, and not a byte of the archive', async () => {
    const person = await gateway.newPerson();
    const link = await linkOf(person);
    await (await begin(person, { token: link.token })).toArray();
    const again = await person.call('POST', download, { body: { token: link.token } });
    assert.deepEqual([again.status, problemSchema.parse(again.body).code], [410, 'export.link-invalid']);
  });

  it('a download that breaks off half-way does not look like a whole one', async () => {
    const person = await gateway.newPerson();
    const { token } = await linkOf(person);
    gateway.mesh.exports.beforeChunk = async (chunk) => {
      if (chunk === 2) throw new ProblemError('upstream.unavailable');
    };
    const answer = await begin(person, { token });
    assert.equal(answer.statusCode, 200);
    await assert.rejects(answer.toArray());
    assert.equal(answer.complete, false);
  });

  it('attack: one person downloads again and again: 429 before auth is asked (API-3)', async () => {
    const person = await gateway.newPerson();
    const token = 'A'.repeat(43);
    for (let tries = 0; tries < 3; tries += 1) {
      assert.equal((await person.call('POST', download, { body: { token } })).status, 410);
    }
    const before = callsAboutExports();
    assert.equal((await person.call('POST', download, { body: { token } })).status, 429);
    assert.equal(callsAboutExports(), before);
  });

  it('attack: a request, and a link, without a recent proof: 401, and auth is not asked (AUTH-8)', async () => {
    const token = await gateway.mesh.tokenFor({ authenticatedAt: new Date(Date.now() - 3_600_000) });
    const before = callsAboutExports();
    for (const path of ['/api/v1/privacy/exports', `/api/v1/privacy/exports/${newId('export')}/link`]) {
      const answer = await gateway.call('POST', path, { token });
      assert.deepEqual([answer.status, problemSchema.parse(answer.body).code], [401, 'auth.step-up-required']);
    }
    assert.equal(callsAboutExports(), before);
  });
});
