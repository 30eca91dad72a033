import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allowedCalls, appIds, topics } from '@todo-chatbot/contracts';
import { daprFiles, operationsFor } from '../src/dapr/documents.ts';
import { staleFiles } from '../src/generate.ts';
import { wantedGrants, wantedTopics } from '../src/kafka/access.ts';

describe('The files under dapr-components/', () => {
  it('are what the tables of contracts say', async () => {
    assert.deepEqual(await staleFiles(), []);
  });

  it('deny by default in every access policy and for every secret (MESH-2, MESH-5)', () => {
    const texts = daprFiles().flatMap(({ path, document }) =>
      path.startsWith('configurations/') ? [JSON.stringify(document)] : [],
    );
    assert.equal(texts.length, appIds.length);
    for (const text of texts) {
      assert.ok(!text.includes('"defaultAction":"allow"') && text.includes('"defaultAction":"deny"'));
      assert.ok(text.includes('"defaultAccess":"deny"'));
    }
  });

  it('list each allowed call once, and no other', () => {
    const listed = appIds.flatMap((caller) =>
      appIds.flatMap((callee) => {
        const calls = allowedCalls.filter((call) => call.caller === caller && call.callee === callee);
        return operationsFor(calls).flatMap(({ httpVerb }) => httpVerb.map((verb) => `${caller} ${callee} ${verb}`));
      }),
    );
    assert.deepEqual(
      listed.sort(),
      allowedCalls.map(({ caller, callee, verb }) => `${caller} ${callee} ${verb}`).sort(),
    );
  });
});

describe('Paths of access policies', () => {
  it('put an item before its collection, in forms that Dapr matches apart', () => {
    const operations = operationsFor([
      { verb: 'GET', path: '/v1/tasks' },
      { verb: 'PATCH', path: '/v1/tasks/*' },
      { verb: 'POST', path: '/v1/tasks' },
    ]);
    assert.deepEqual(operations, [
      { name: '/v1/tasks/*_*', httpVerb: ['PATCH'], action: 'allow' },
      { name: '/v1/tasks/*', httpVerb: ['GET', 'POST'], action: 'allow' },
    ]);
  });

  it('write a wildcard in the middle so that it still takes one segment', () => {
    const operations = operationsFor([
      { verb: 'GET', path: '/v1/entries/*/proof' },
      { verb: 'GET', path: '/v1/entries' },
    ]);
    assert.deepEqual(
      operations.map(({ name }) => name),
      ['/v1/entries/*', '/v1/entries/**/proof'],
    );
  });

  it('leave a path alone that nothing lies below', () => {
    assert.equal(operationsFor([{ verb: 'GET', path: '/v1/jwks' }])[0]?.name, '/v1/jwks');
  });
});

describe('Kafka’s topics and rights (KAFKA-1)', () => {
  it('give every consumer of every topic a dead-letter topic that it may write and not read', () => {
    const names = new Set(wantedTopics().map(({ name }) => name));
    for (const { name, consumers } of topics) {
      for (const consumer of consumers) {
        const deadLetters = `${name}.${consumer}.dlt`;
        assert.ok(names.has(deadLetters));
        const operations = wantedGrants().filter((grant) => grant.name === deadLetters);
        assert.ok(
          operations.every(({ principal, operation }) => principal === `User:${consumer}` && operation !== 'read'),
        );
        assert.ok(operations.some(({ operation }) => operation === 'write'));
      }
    }
  });

  it('let exactly the table’s producers write and its consumers read', () => {
    for (const { name, producers, consumers } of topics) {
      const holders = (operation: string) =>
        wantedGrants()
          .filter((grant) => grant.name === name && grant.operation === operation)
          .map(({ principal }) => principal.slice('User:'.length))
          .sort();
      assert.deepEqual(holders('write'), [...producers].sort());
      assert.deepEqual(holders('read'), [...consumers].sort());
    }
  });

  it('let no two apps share a group', () => {
    const groups = wantedGrants().filter(({ resource, operation }) => resource === 'group' && operation === 'read');
    assert.equal(new Set(groups.map(({ name }) => name)).size, groups.length);
  });
});
