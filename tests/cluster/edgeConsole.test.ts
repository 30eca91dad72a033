import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { permissions, permissionsOfRole, type RoutePermission } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { type EchoGateway, receivedIn, startEchoGateway } from '../support/echoGateway.ts';
import { ask, type Edge, newAddress, problemCode, startEdge } from '../support/edge.ts';

const openApiSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ 'x-permission': z.enum(permissions).nullable() }))),
});

/** Answers of the fake gateway that do not end by themselves. */
const endless = ['/api/v1/events/stream', '/api/v1/audit/export'];

describe('The console behind the edge (K8S-3)', () => {
  let gateway: EchoGateway;
  let edge: Edge;
  before(async () => {
    gateway = await startEchoGateway();
    edge = await startEdge({ gatewayPort: gateway.port, publicHost: 'localhost' });
  });
  after(async () => {
    await edge.stop();
    await gateway.close();
  });

  it('is closed from outside: each operation that a user may not do, and no other', async () => {
    const description = await readFile(new URL('../../docs/api/openapi.json', import.meta.url), 'utf8');
    const { paths } = openApiSchema.parse(JSON.parse(description));
    const operations = Object.entries(paths)
      .filter(([path]) => !endless.includes(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          method: method.toUpperCase(),
          path: path.replaceAll(/\{\w+\}/g, 'usr_01-2.x'),
          isOfConsole: !isForUsers(operation['x-permission']),
        })),
      );
    assert.ok(operations.filter(({ isOfConsole }) => isOfConsole).length > 25);
    for (const { method, path, isOfConsole } of operations) {
      const outside = await ask(edge, { method, path });
      assert.equal(outside.status, isOfConsole ? 404 : 200, `${method} ${path}`);
      if (isOfConsole) assert.equal(problemCode(outside), 'resource.not-found');
      assert.equal((await ask(edge, { method, path, from: newAddress('inside') })).status, 200);
    }
  });

  it('attack: other spellings of its paths, and operations that the edge does not know, are closed from outside', async () => {
    const before = gateway.requests();
    for (const path of [
      '/api/v1/admin/users/',
      '/api/v1/admin/users?x=/api/v1/tasks',
      '/api/v1/admin/users#/api/v1/tasks',
      '/api/v1/admin//users',
      '//api/v1/admin/users',
      '/API/v1/admin/users',
      '/api/v1/Admin/users',
      '/%61pi/v1/admin/users',
      '/api/v1/%61dmin/users',
      '/api%2Fv1%2Fadmin%2Fusers',
      '/api/v1/admin%2Fusers',
      '/api/v1/admin%252Fusers',
      '/api/v1/admin/users%00',
      '/api/v1/admin/users%20',
      '/api/v1/admin/users;a=b',
      '/api;/v1/admin/users',
      '/api/v1;x/admin/users',
      '/api/v1/tasks/../admin/users',
      '/api/v1/tasks/%2e%2e/admin/users',
      '/api/v1/tasks/..;/admin/users',
      '/api/v1/tasks/..%2fadmin/users',
      '/api/v1/./admin/users',
      '/./api/v1/admin/users',
      '/x/../api/v1/admin/users',
      '/api/v1/audit/log/tile/../../../admin/users',
      '/api/v1/audit/log/tile/0/%2e%2e/%2e%2e/%2e%2e/%2e%2e/admin/users',
      '/api\\v1\\admin\\users',
      '/api/v1/tasks/x/../../admin/users',
      '/api/v1/alerts/',
      '/api/v1/guardrail/trials/.',
      '/api/v2/admin/users',
      '/api/v1/unheard-of',
      '/api',
      '/api/',
      '/readyz',
      '/HEALTHZ',
      '/.env',
      '/assets/%2e%2e/%2e%2e/package.json',
    ]) {
      const got = await ask(edge, { path });
      // 400: what leads out of the root, or has a zero byte, is no path at all.
      assert.ok([400, 404].includes(got.status), path);
      assert.match(problemCode(got), /^(resource\.not-found|request\.invalid)$/);
    }
    assert.equal(gateway.requests(), before);
  });

  it('attack: an address that a client makes up is not an internal one', async () => {
    const made = newAddress('inside');
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-client-address', 'x-original-url']) {
      assert.equal((await ask(edge, { path: '/api/v1/admin/users', headers: { [name]: made } })).status, 404, name);
    }
  });

  it('tells the gateway from where somebody asks: the search of the trail is an operation of everybody, too', async () => {
    const path = '/api/v1/audit/entries';
    const headersOf = async (from: string) =>
      receivedIn((await ask(edge, { path, from, headers: { 'x-console': 'open' } })).text).headers;
    assert.equal((await headersOf(newAddress()))['x-console'], 'closed');
    assert.equal((await headersOf(newAddress('inside')))['x-console'], undefined);
  });

  it('serves pages and files of the web app to everybody', async () => {
    for (const path of ['/', '/people', '/audit/proof', '/favicon.svg', '/assets/index-AbC_12-x.js']) {
      assert.equal((await ask(edge, { path })).status, 200, path);
    }
  });

  it('logs operations and networks, and nothing that people write or who they are (OBS-2, PRIV-1)', async () => {
    const marks = [
      'mark-in-path',
      'mark-in-query',
      'mark-in-agent',
      'mark-in-referer',
      'mark-in-cookie',
      'mark-in-host',
    ];
    const [path = '', query = '', agent = '', referer = '', cookie = '', host = ''] = marks;
    const headers = { 'user-agent': agent, referer, cookie: `a=${cookie}` };
    await ask(edge, { path: `/api/v1/tasks/${path}?q=${query}`, headers, method: 'PATCH', from: '127.9.200.7' });
    await ask(edge, { path: `/api/v1/admin/users/${path}`, headers, from: '127.9.200.7' });
    await ask(edge, { path: `/${path}@example.org`, headers, from: '127.9.200.7' });
    await ask(edge, { path: '/', headers: { host }, from: '127.9.200.7' });
    const log = await waitFor('the log', async () => {
      const lines = (await edge.log()).split('\n').filter((line) => line.includes('127.9.200.'));
      return lines.length >= 4 && lines;
    });
    assert.deepEqual(
      log.map((line) => entrySchema.parse(JSON.parse(line))),
      [
        { network: '127.9.200.0', operation: 'api /api/v1/tasks/{id}', status: 200 },
        { network: '127.9.200.0', operation: 'console /api/v1/admin/users/{id}', status: 404 },
        { network: '127.9.200.0', operation: '', status: 404 },
        { network: '127.9.200.0', operation: 'page', status: 400 },
      ],
    );
    const everything = await edge.log();
    for (const mark of [...marks, '127.9.200.7']) assert.ok(!everything.includes(mark), mark);
  });
});

const entrySchema = z.object({ network: z.string(), operation: z.string(), status: z.number() });

function isForUsers(permission: RoutePermission): boolean {
  return permission === null || permissionsOfRole.user.includes(permission);
}
