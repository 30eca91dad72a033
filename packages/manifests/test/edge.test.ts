import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { RoutePermission } from '@todo-chatbot/contracts';
import { edgeFiles } from '../src/kubernetes/edge.ts';
import { ports } from '../src/names.ts';

const fileOf = (path: string) => readFile(new URL(`../../../k8s/base/${path}`, import.meta.url), 'utf8');

function operationsOf(operations: readonly (readonly [path: string, permission: RoutePermission])[]): string {
  const paths: Record<string, Record<string, object>> = {};
  for (const [index, [path, permission]] of operations.entries()) {
    paths[path] = { ...paths[path], [`method${index}`]: { 'x-permission': permission } };
  }
  return edgeFiles({ paths })['k8s/base/edge/operations.conf'] ?? '';
}

describe('The edge’s table of operations (K8S-3)', () => {
  it('puts the console before everybody’s, so that no parameter of a path takes what is the console’s', () => {
    const text = operationsOf([
      ['/api/v1/tasks/{id}', 'task.own.read'],
      ['/api/v1/tasks/everybodys', 'user.manage'],
      ['/api/v1/log', null],
    ]);
    const kinds = [...text.matchAll(/" "(\w+) /g)].map(([, kind]) => kind);
    assert.deepEqual(kinds, ['console', 'api', 'api']);
  });

  it('refuses a path that is of the console and is not: the edge could not tell', () => {
    const shared = [
      ['/api/v1/tasks', 'task.own.read'],
      ['/api/v1/tasks', 'user.manage'],
    ] as const;
    assert.throws(() => operationsOf(shared), /\/api\/v1\/tasks is of the console and is not/);
  });

  it('refuses a description in which an operation does not say who may use it', () => {
    assert.throws(() => edgeFiles({ paths: { '/api/v1/tasks': { get: {} } } }));
  });

  it('takes a dot for a dot', () => {
    assert.match(operationsOf([['/api/v1/log.vkey', null]]), /log\\\.vkey/);
  });
});

describe('The edge’s place in the cluster (K8S-3)', () => {
  it('has the names and ports of the tables and settings', async () => {
    const host = /^PUBLIC_ORIGIN=https:\/\/(.+)$/m.exec(await fileOf('settings.env'))?.[1] ?? '';
    const [name = ''] = host.split(':');
    const names = await fileOf('edge/place/names.conf');
    assert.equal(/set \$public_host (.+);/.exec(names)?.[1], host);
    assert.equal(/server_name (.+);/.exec(names)?.[1], name);
    assert.ok((await fileOf('edge/certificate.yaml')).includes(`- ${name}\n`));
    assert.match(await fileOf('edge/place/listen-https.conf'), new RegExp(`^listen ${ports.edge} ssl;$`, 'm'));
    assert.match(await fileOf('edge/place/listen-http.conf'), new RegExp(`^listen ${ports.edgeHttp};$`, 'm'));
    assert.ok((await fileOf('edge/place/upstream.conf')).includes(`chat-gateway.todo-chatbot.svc:${ports.public} `));
  });
});
