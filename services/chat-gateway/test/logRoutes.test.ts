import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { problemSchema } from '@todo-chatbot/contracts';
import { decodeProof } from '@todo-chatbot/transparency-log';
import { type Gateway, rawRequest, startGateway } from './support/gateway.ts';

const readsPerMinute = 60;
const anonymousCallsPerMinute = 40;

describe('The log at the public door, for everybody (AUD-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({});
  });
  after(() => gateway.close());

  const pathsAsked = () => gateway.mesh.callsTo('audit').map(({ path }) => path);

  it('serves tiles and bundles byte for byte under the paths of C2SP tlog-tiles, to be kept for ever', async () => {
    for (const [path, internalPath] of [
      ['tile/0/000', '/v1/log/tiles/0_0_256'],
      ['tile/1/x001/234.p/8', '/v1/log/tiles/1_1234_8'],
      ['tile/entries/x001/x234/067', '/v1/log/bundles/1234067_256'],
      ['tile/entries/002.p/255', '/v1/log/bundles/2_255'],
    ] as const) {
      const response = await fetch(`${gateway.origin}/api/v1/audit/log/${path}`);
      assert.equal(response.status, 200, path);
      assert.equal(pathsAsked().at(-1), internalPath);
      assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [...Array(256).keys()]);
      assert.equal(response.headers.get('content-type'), 'application/octet-stream');
      assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.equal(response.headers.get('etag'), null);
    }
  });

  it('attack: no other spelling of a path reaches the audit service', async () => {
    const asked = pathsAsked().length;
    for (const path of [
      'tile/0/0',
      'tile/0/1000',
      'tile/0/x000/000',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/00/000',
      'tile/7/000',
      'tile/-1/000',
      'tile/entries/000/',
      'tile//0/000',
      'tile/0/000/../001',
      'tile/0%2F000',
      'tile/%30/000',
      'tile/0/000%00',
      'tile/0/x999/x999/x999/x999/x999/999',
      'tile/../checkpoint',
      'tile/entries/..%2f..%2fentries',
    ]) {
      const answer = await rawRequest(gateway.publicPort, {
        path: `/api/v1/audit/log/${path}`,
        headers: { host: `localhost:${gateway.publicPort}` },
      });
      assert.equal(answer.status, 404, path);
      assert.equal(problemSchema.parse(JSON.parse(answer.body)).code, 'audit.tile-not-found');
    }
    assert.equal(pathsAsked().length, asked);
  });

  it('serves the checkpoint, which nobody may cache', async () => {
    const answer = await gateway.call('GET', '/api/v1/audit/log/checkpoint');
    assert.equal(answer.text, 'todo-chatbot.test/log\n1\nroot\n');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
  });

  it("serves the log's key as its one line, and 404 while there is no witness", async () => {
    const answer = await gateway.call('GET', '/api/v1/audit/log/log.vkey');
    assert.equal(answer.text, 'log.example+0badcafe+AQ==\n');
    assert.equal((await gateway.call('GET', '/api/v1/audit/log/witness.vkey')).status, 404);
  });

  it('hands a consistency proof on, and refuses sizes that are none', async () => {
    const answer = await gateway.call('GET', '/api/v1/audit/log/consistency?from=1&to=1');
    assert.equal(answer.status, 200);
    assert.deepEqual(gateway.mesh.callsTo('audit').at(-1)?.query, { from: 1, to: 1 });
    for (const query of ['', '?from=0', '?from=-1', '?from=1.5', '?from=x', '?from=1&more=1']) {
      assert.equal((await gateway.call('GET', `/api/v1/audit/log/consistency${query}`)).status, 400, query);
    }
  });

  it('nothing can be written there', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await gateway.call(method, '/api/v1/audit/log/tile/0/000', {
        token: (await gateway.newPerson()).token,
      });
      assert.equal(answer.status, 405, method);
    }
  });
});

describe('GET audit/entries/{index}/proof-file', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({});
  });
  after(() => gateway.close());

  it('gives the proof as a file to keep, complete with the entry (AUD-3)', async () => {
    const { token } = await gateway.newPerson();
    const answer = await gateway.call('GET', '/api/v1/audit/entries/0/proof-file?treeSize=1', { token });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="entry-0.tlog-proof"');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const { index, path, checkpoint, extra } = decodeProof(answer.text);
    assert.deepEqual([index, path, checkpoint], [0, [], 'log\n1\nroot\n']);
    assert.deepEqual(JSON.parse(String(extra)), { leaf: 'bGVhZg==', body: null });
    const asked = gateway.mesh.callsTo('audit').at(-1);
    assert.deepEqual([asked?.path, asked?.query], ['/v1/entries/0/proof', { treeSize: 1 }]);
  });

  it('attack: nobody gets one without signing in', async () => {
    assert.equal((await gateway.call('GET', '/api/v1/audit/entries/0/proof-file')).status, 401);
  });
});

describe('Reads of the log are counted by themselves (API-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({
      RATE_LIMIT_LOG_READS_PER_MINUTE: String(readsPerMinute),
      RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: String(anonymousCallsPerMinute),
    });
  });
  after(() => gateway.close());

  it('attack: a flood of reads ends at their own limit, signed in or not, and takes nothing from sign-in', async () => {
    const { token } = await gateway.newPerson();
    const paths = ['tile/0/000', 'checkpoint', 'log.vkey', 'consistency?from=1'];
    const statuses: number[] = [];
    for (let count = 0; count <= readsPerMinute; count += 1) {
      const path = `/api/v1/audit/log/${paths[count % paths.length]}`;
      statuses.push((await gateway.call('GET', path, count % 2 === 0 ? {} : { token })).status);
    }
    assert.deepEqual(new Set(statuses.slice(0, -1)), new Set([200]));
    assert.equal(statuses.at(-1), 429);
    const login = await gateway.call('POST', '/api/v1/auth/login', { body: {} });
    assert.equal(login.headers.get('ratelimit-remaining'), String(anonymousCallsPerMinute - 1));
  });
});
