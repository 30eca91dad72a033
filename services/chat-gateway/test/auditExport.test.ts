import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type AuditEntry, newId, problemSchema } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { ProblemError } from '@todo-chatbot/service-kit';
import { exportFormats } from '../src/domain/exportFormats.ts';
import { type Gateway, startGateway } from './support/gateway.ts';

function entryOf(index: number, event: Partial<AuditEntry['event']> = {}): AuditEntry {
  return {
    index,
    eventId: newId('event'),
    time: '2026-11-26T08:09:10.123Z',
    leafHash: 'a'.repeat(64),
    event: {
      service: 'task',
      actor: { type: 'user', id: 'usr_1' },
      sessionId: null,
      category: 'data-change',
      action: 'task.create',
      success: true,
      reason: null,
      object: { type: 'task', id: 'tsk_1' },
      input: { titleLength: 8 },
      metadata: { address: '192.0.2.0', userAgent: 'test' },
      traceId: null,
      retentionClass: 'task-execution',
      ...event,
    },
    sealed: [{ field: 'metadata.userAgent', state: 'opened' }],
  };
}

describe('Export of the trail at the public door (AUD-5)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ RATE_LIMIT_EXPORTS_PER_HOUR: '3' });
  });
  after(() => gateway.close());

  const pageSize = 500;
  let asked: unknown[] = [];
  /** Lets the audit service have so many pages; `before` runs before each is answered. */
  function serve(pages: number, before: (page: number) => Promise<void> = async () => undefined): void {
    asked = [];
    gateway.mesh.audit.exportPage = async ({ query }) => {
      const page = Number(query?.cursor ?? 0);
      asked.push(query);
      await before(page);
      const items = Array.from({ length: pageSize }, (_, n) => entryOf(page * pageSize + n));
      return { items, nextCursor: page + 1 < pages ? String(page + 1) : null };
    };
  }
  beforeEach(() => serve(3));

  /** Begins an export and reads nothing of it. */
  async function begin(query = ''): Promise<IncomingMessage> {
    const { token } = await gateway.newPerson();
    const request = httpGet(`${gateway.origin}/api/v1/audit/export${query}`, {
      agent: false,
      headers: { authorization: `Bearer ${token}` },
    });
    request.on('error', () => undefined);
    const [answer]: IncomingMessage[] = await once(request, 'response');
    return answer ?? assert.fail('no answer');
  }
  async function readAll(answer: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString();
  }

  it('JSON Lines: every page in order, then a line that says it is whole', async () => {
    const answer = await begin('?action=task.create&format=jsonl');
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['content-type'], 'application/jsonl; charset=utf-8');
    assert.equal(answer.headers['content-disposition'], 'attachment; filename="audit-trail.jsonl"');
    assert.equal(answer.headers['cache-control'], 'no-store');
    const lines = (await readAll(answer)).trimEnd().split('\n');
    assert.deepEqual(JSON.parse(lines.pop() ?? ''), { end: true, count: 1_500 });
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).index),
      Array.from({ length: 1_500 }, (_, index) => index),
    );
    assert.equal(answer.trailers['x-entry-count'], '1500');
    assert.deepEqual(asked, [
      { action: 'task.create', cursor: undefined },
      { action: 'task.create', cursor: '1' },
      { action: 'task.create', cursor: '2' },
    ]);
  });

  it('CSV: a head, a row for each entry, and their number in the trailer', async () => {
    const answer = await begin('?format=csv');
    assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8; header=present');
    const rows = (await readAll(answer)).split('\r\n');
    assert.match(rows[0] ?? '', /^index,eventId,time,service,actorType,actorId,/);
    assert.equal(rows.length, 1_502, 'the last row ends as all do (RFC 4180)');
    assert.match(
      rows[1] ?? '',
      /^0,evt_[^,]+,2026-11-26T08:09:10\.123Z,task,user,usr_1,,data-change,task\.create,success,,task,tsk_1,"\{""titleLength"":8\}",192\.0\.2\.0,test,,task-execution,a+,metadata\.userAgent opened$/,
    );
    assert.equal(answer.trailers['x-entry-count'], '1500');
  });

  it('attack: CSV injection: no cell is a formula, and no cell breaks out of its own', () => {
    const { line } = exportFormats.csv;
    for (const [reason, cell] of [
      ['=1+1', "'=1+1"],
      ['+1', "'+1"],
      ['-1', "'-1"],
      ['@SUM(A1)', "'@SUM(A1)"],
      ['\t=1', "'\t=1"],
      ['\r=1', `"'\r=1"`],
      ['\n=1', `"'\n=1"`],
      ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
      ['a,=1', '"a,=1"'],
      ["x;=cmd|' /C calc'!A0;y", "x;'=cmd|' /C calc'!A0;y"],
      ['x; =1;\t-2', "x;' =1;'\t'-2"],
      ['＝1+1', "'＝1+1"],
      ['a"b', '"a""b"'],
      ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (X11; Linux x86_64)'],
      ['plain', 'plain'],
    ]) {
      assert.ok(line(entryOf(0, { reason: reason ?? null })).includes(`,success,${cell},task,tsk_1,`), reason);
    }
    assert.ok(line(entryOf(0, { input: { '=a': '=b' } })).includes(',"{""=a"":""=b""}",'));
  });

  it('attack: from where the edge closes the console, an administrator gets their own trail alone (K8S-3)', async () => {
    const { token } = await gateway.newPerson();
    const headers = { authorization: `Bearer ${token}`, 'x-console': 'closed' };
    assert.equal((await fetch(`${gateway.origin}/api/v1/audit/export?action=task.create`, { headers })).status, 200);
    assert.deepEqual(asked[0], { action: 'task.create', scope: 'own', cursor: undefined });
    const opened = { ...headers, 'x-console': 'open' };
    assert.equal((await fetch(`${gateway.origin}/api/v1/audit/export`, { headers: opened })).status, 400);
  });

  it('attack: an error on the way never looks like an end: the connection breaks', async () => {
    for (const [format, code] of [
      ['jsonl', 'upstream.unavailable'],
      ['csv', 'auth.token-invalid'],
    ] as const) {
      serve(3, async (page) => {
        if (page === 2) throw new ProblemError(code);
      });
      const answer = await begin(`?format=${format}`);
      assert.equal(answer.statusCode, 200);
      await assert.rejects(readAll(answer), { code: 'ECONNRESET' });
      assert.equal(answer.complete, false);
      assert.deepEqual(answer.trailers, {});
    }
  });

  it('a refusal before the first entry is a problem like any other', async () => {
    for (const [code, status] of [
      ['auth.step-up-required', 401],
      ['audit.export-too-large', 400],
      ['upstream.unavailable', 503],
    ] as const) {
      serve(1, () => Promise.reject(new ProblemError(code)));
      const person = await gateway.newPerson();
      const answer = await person.call('GET', '/api/v1/audit/export');
      assert.deepEqual([answer.status, problemSchema.parse(answer.body).code], [status, code]);
      assert.equal(answer.headers.get('content-disposition'), null);
    }
  });

  it('fetches no page before the reader has taken the one before, and none for a reader who is gone', async () => {
    serve(1_000);
    const answer = await begin();
    answer.pause();
    // The connection's buffers take some pages; then nothing more is asked for.
    let seen = 0;
    let quietLooks = 0;
    await waitFor('the export stands still', () => {
      quietLooks = asked.length === seen ? quietLooks + 1 : 0;
      seen = asked.length;
      return quietLooks === 10;
    });
    assert.ok(seen < 100, `${seen} pages`);
    answer.destroy();
    await once(answer, 'close');
    const { token } = await gateway.newPerson();
    await gateway.call('GET', '/api/v1/tasks', { token });
    assert.ok(asked.length <= seen + 1, 'at most the page that was under way');
  });

  it('ends at its limit, if the audit service does not: the connection breaks', async () => {
    const items = Array.from({ length: pageSize }, (_, n) => entryOf(n));
    let pages = 0;
    gateway.mesh.audit.exportPage = async () => {
      pages += 1;
      return { items, nextCursor: 'again' };
    };
    const answer = await begin('?format=csv');
    answer.resume();
    await assert.rejects(once(answer, 'end'), { code: 'ECONNRESET' });
    assert.equal(pages, 2_001);
  });

  it('attack: a flood of exports: each person has a few in an hour, and a mistake in the filter costs none (API-3)', async () => {
    const person = await gateway.newPerson();
    for (const query of ['?format=xml', '?from=yesterday', '?cursor=x', '?limit=1']) {
      const answer = await person.call('GET', `/api/v1/audit/export${query}`);
      assert.equal(problemSchema.parse(answer.body).code, 'request.invalid', query);
    }
    for (let n = 0; n < 3; n += 1)
      assert.equal((await person.call('GET', '/api/v1/audit/export?format=csv')).status, 200);
    const refused = await person.call('GET', '/api/v1/audit/export');
    assert.deepEqual([refused.status, problemSchema.parse(refused.body).code], [429, 'request.rate-limited']);
    assert.equal((await (await gateway.newPerson()).call('GET', '/api/v1/audit/export?format=csv')).status, 200);
  });

  it('needs somebody signed in', async () => {
    assert.equal((await gateway.call('GET', '/api/v1/audit/export')).status, 401);
  });
});
