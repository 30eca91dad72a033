import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadGuard } from '../../adapters/loadGuard.ts';

const guard = loadGuard();
const judge = (text: string, known: string[] = []) =>
  guard.judge({ text, direction: 'output', context: { instructions: null, known } });

describe('attack: a reply tells of our machines (GUARD-3)', () => {
  const traces: Readonly<Record<string, readonly string[]>> = {
    'private-address': [
      'connect ECONNREFUSED 127.0.0.1:5432',
      '10.0.3.17:9092 upstream connect error',
      'POST http://localhost:3500/v1.0/invoke/task failed',
      'getaddrinfo ENOTFOUND localhost',
    ],
    'internal-host': [
      'no route to task.todo.svc.cluster.local',
      'ask db-1.prod.internal for it',
      'see http://task.todo.svc:3000',
    ],
    'stack-trace': [
      'Error: x\n    at judge (file:///app/src/domain/judge.ts:12:5)',
      'TypeError\n    at async /app/src/main.js:1:20',
      "Cannot read properties of undefined (reading 'id')",
      'Exception in thread "main" java.lang.NullPointerException',
      'x\n\tat com.example.shop.Cart.total(Cart.java:42)',
      'Traceback (most recent call last):',
      '  File "/srv/bot.py", line 12, in <module>',
      'panic: runtime error: index out of range\n\ngoroutine 1 [running]:',
      "thread 'main' panicked at src/main.rs:2:5",
      'x\n   at Shop.Cart.Total(Int32 id) in C:\\src\\Cart.cs:line 42',
    ],
    'database-error': [
      'ERROR: syntax error at or near "SELECT"',
      'duplicate key value violates unique constraint "tasks_pkey"',
      'relation "tasks" does not exist',
      'permission denied for table decisions',
      'password authentication failed for user "task"',
      'pg_hba.conf rejects connection for host "db.example", user "task"',
      'You have an error in your SQL syntax near',
      'ORA-00942: table or view does not exist',
      'SQLITE_CONSTRAINT: FOREIGN KEY',
    ],
    'platform-error': [
      '{"errorCode":"ERR_DIRECT_INVOKE"}',
      'KafkaJSConnectionError: broker gone',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'PrismaClientKnownRequestError: no',
      'Invalid `prisma.task.create()` invocation',
    ],
    'file-path': [
      'failed in /app/services/task/src/build.ts:42',
      'cat /run/secrets/database',
      'see /home/node/.ssh/id',
      'root:x:0:0:root:/root:/bin/sh',
    ],
    environment: ['DAPR_API_TOKEN=abc', 'PATH=/bin\nDATABASE_HOST=127.0.0.1'],
  };
  for (const [reason, texts] of Object.entries(traces)) {
    for (const text of texts) {
      it(`${reason}: ${text.slice(0, 40)}`, () => {
        for (const reply of [text, `That did not work.\n${text}`, text.replace(/[aeo]/, '$&\u200b')]) {
          const verdict = judge(reply);
          assert.deepEqual([verdict.verdict, verdict.layer, verdict.reason], ['block', 'internal', reason], reply);
        }
        assert.notEqual(judge(`Added “${text}” to Tasks.`, [text]).layer, 'internal', 'it is the person’s own');
      });
    }
  }

  it('harmless: tasks about machines pass', () => {
    for (const title of [
      'reboot the router at 192.168.1.1',
      'look at localhost:3000 with Ann',
      'edit /etc/hosts and src/index.ts',
      'meet at 10.30 at the internal revenue office',
      'the relation with Ann does not exist any more',
      'buy a new constraint for the dog',
      'look at the java code at noon',
      'read chapter 3, line 12, in the garden',
      'connect to the wifi of 10 Downing Street',
      'do not panic: run',
      'international.internals.com',
      'A_KEY for the door',
    ]) {
      assert.equal(judge(`Added “${title}” to Tasks.`).verdict, 'allow', title);
    }
  });
});
