import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type AuditEntry,
  auditEntriesSchema,
  auditExportLimit,
  auditExportPageSchema,
  auditExportPageSize,
  newId,
} from '@todo-chatbot/contracts';
import { codeOf, type Person } from '@todo-chatbot/local-platform/testing';
import { encodeEntry } from '../src/domain/entry.ts';
import { isExportCovered } from '../src/domain/exportRecord.ts';
import { measureExport } from '../src/queries/measureExport.ts';
import { startAuditService } from './auditService.ts';
import { auditEvent } from './support.ts';

const count = 1_200;

describe('Export of the trail (AUD-5)', () => {
  let aheadMs = 0;
  let audit: Awaited<ReturnType<typeof startAuditService>>;
  let ann: Person;
  let bob: Person;
  let viewer: Person;
  before(async () => {
    audit = await startAuditService({ clock: { now: () => new Date(Date.now() + aheadMs) } });
    [ann, bob, viewer] = [await audit.signIn(), await audit.signIn(), await audit.signIn(['viewer'])];
    const actorOf = (n: number) => (n % 2 === 0 ? ann.userId : bob.userId);
    const events = Array.from({ length: count }, (_, n) => auditEvent({ actorId: actorOf(n), success: n % 3 !== 0 }));
    await audit.writer.append(events.map(encodeEntry));
  });
  after(() => audit.close());

  async function exportPage(person: Person, query = '') {
    const answer = await audit.get(`/v1/export${query}`, person);
    assert.equal(answer.status, 200, answer.text);
    return auditExportPageSchema.parse(answer.body);
  }
  async function wholeExport(person: Person, filter = ''): Promise<AuditEntry[]> {
    const items: AuditEntry[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await exportPage(person, `?${filter}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
  async function wholeSearch(person: Person, filter: string): Promise<AuditEntry[]> {
    const items: AuditEntry[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = `?limit=100&${filter}${cursor === undefined ? '' : `&cursor=${cursor}`}`;
      const page = auditEntriesSchema.parse((await audit.get(`/v1/entries${query}`, person)).body);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
  /** What is in the log of exports by somebody, newest first. */
  async function recordsOf({ userId }: Person) {
    const { items } = auditEntriesSchema.parse(
      (await audit.get(`/v1/entries?actor=${userId}&action=audit.export&limit=100`, viewer)).body,
    );
    return items.map(({ event, index }) => ({
      index,
      success: event.success,
      reason: event.reason,
      input: event.input,
    }));
  }
  const refusalOf = async (query: string, person: Person) => {
    const answer = await audit.get(`/v1/export${query}`, person);
    return [answer.status, codeOf(answer)];
  };

  it('is the search of the same filter the other way round, for everybody and for oneself', async () => {
    for (const [person, filter] of [
      [viewer, 'service=task'],
      [viewer, `actor=${'bob'}`],
      [viewer, 'outcome=failure&category=data-change'],
      [ann, 'service=task'],
      [ann, 'outcome=failure'],
    ] as const) {
      const asked = filter.replace('bob', bob.userId);
      const expected = (await wholeSearch(person, asked)).toReversed();
      // The searches above are entries themselves, and so is the export's record.
      const exported = await wholeExport(person, asked);
      assert.deepEqual(exported.slice(0, expected.length), expected, asked);
      assert.ok(expected.length >= 200);
    }
  });

  it('ends where the log ended when it began', async () => {
    const first = await exportPage(viewer);
    assert.equal(first.items.length, auditExportPageSize);
    await audit.writer.append([encodeEntry(auditEvent({ action: 'task.late' }))]);
    const [record] = await recordsOf(viewer);
    const indexes = first.items.map(({ index }) => index);
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const page = await exportPage(viewer, `?cursor=${cursor}`);
      indexes.push(...page.items.map(({ index }) => index));
      cursor = page.nextCursor;
    }
    assert.deepEqual(
      indexes,
      Array.from({ length: Number(record?.input.before) }, (_, index) => index),
    );
  });

  it('is recorded once, with what was asked for and how much it was, before anything leaves', async () => {
    const before = (await recordsOf(ann)).length;
    const exported = await wholeExport(ann, 'service=task&outcome=success');
    const records = await recordsOf(ann);
    assert.equal(records.length, before + 1);
    const { before: end, ...input } = records[0]?.input ?? {};
    assert.deepEqual(input, { scope: 'own', service: 'task', outcome: 'success', count: exported.length });
    assert.equal(end, records[0]?.index, 'it holds everything before its own record');
  });

  it('attack: no made-up cursor gets round the record: nothing leaves, and the attempt is an entry', async () => {
    const first = await exportPage(ann, '?service=task');
    const [range = ''] = Buffer.from(first.nextCursor ?? '', 'base64url')
      .toString()
      .split('-evt_');
    const [from, to] = range.split('-');
    const [record] = await recordsOf(ann);
    assert.ok(record);
    const recordId = (await wholeSearch(ann, 'action=audit.export')).find(
      ({ index }) => index === record.index,
    )?.eventId;
    const otherEntry = (await wholeSearch(ann, 'action=task.create'))[0]?.eventId;
    const cursorOf = (text: string) => Buffer.from(text).toString('base64url');
    assert.deepEqual(first.nextCursor, cursorOf(`${from}-${to}-${recordId}`));
    await recordsOf(ann);
    const forged = [
      `?service=task&cursor=${cursorOf(`${from}-${to}`)}`,
      `?service=task&cursor=${cursorOf(`${from}-${to}-${newId('event')}`)}`,
      // Another entry of one's own is no export.
      `?service=task&cursor=${cursorOf(`${from}-${to}-${otherEntry}`)}`,
      // More than was recorded: entries that came later, another filter, none.
      `?service=task&cursor=${cursorOf(`${from}-${Number(to) + 1}-${recordId}`)}`,
      `?service=auth&cursor=${first.nextCursor}`,
      `?cursor=${first.nextCursor}`,
      '?cursor=x',
    ];
    for (const query of forged) {
      const before = (await recordsOf(ann)).length;
      assert.deepEqual(await refusalOf(query, ann), [400, 'request.invalid'], query);
      const records = await recordsOf(ann);
      assert.deepEqual([records.length, records[0]?.reason], [before + 1, 'request.invalid']);
    }
    assert.deepEqual(await refusalOf(`?service=task&cursor=${first.nextCursor}`, bob), [400, 'request.invalid']);
    assert.deepEqual(await refusalOf(`?service=task&cursor=${first.nextCursor}`, viewer), [400, 'request.invalid']);
    await exportPage(ann, `?service=task&cursor=${first.nextCursor}`);
  });

  it('an export is covered by its own record alone, and for an hour', () => {
    const userId = newId('user');
    const recorded = {
      time: '2026-11-26T08:00:00.000Z',
      event: auditEvent({
        service: 'audit',
        actorId: userId,
        action: 'audit.export',
        input: { scope: 'own', action: 'auth.login', before: 7, count: 3 },
      }).data,
    };
    const terms = { userId, input: { scope: 'own', action: 'auth.login' }, before: 7 };
    const entry = {
      ...recorded,
      v: 1 as const,
      id: newId('event'),
      type: 'audit.recorded.v1' as const,
      source: 'audit',
      sealed: [],
    };
    const at = (time: string) => new Date(time);
    assert.ok(isExportCovered(entry, terms, at('2026-11-26T08:59:59.000Z')));
    assert.ok(!isExportCovered(entry, terms, at('2026-11-26T09:00:00.000Z')));
    const inTime = at('2026-11-26T08:01:00.000Z');
    for (const event of [
      { ...entry.event, service: 'task' as const },
      { ...entry.event, action: 'audit.list' },
      { ...entry.event, success: false },
      { ...entry.event, actor: { type: 'user' as const, id: newId('user') } },
      { ...entry.event, input: { ...entry.event.input, scope: 'all' } },
    ]) {
      assert.ok(!isExportCovered({ ...entry, event }, terms, inTime));
    }
    assert.ok(!isExportCovered(entry, { ...terms, before: 8 }, inTime));
    assert.ok(!isExportCovered(entry, { ...terms, input: { scope: 'own' } }, inTime));
  });

  it('attack: a stolen session carries nobody else’s entries away: an export of all wants a fresh proof, one’s own does not', async () => {
    const first = await exportPage(viewer);
    aheadMs = 11 * 60_000;
    try {
      assert.deepEqual(await refusalOf('', viewer), [401, 'auth.step-up-required']);
      assert.equal((await recordsOf(viewer))[0]?.reason, 'auth.step-up-required');
      await exportPage(ann);
      await exportPage(viewer, '?scope=own');
      assert.ok((await exportPage(viewer, `?cursor=${first.nextCursor}`)).items.length > 0, 'one under way goes on');
    } finally {
      aheadMs = 0;
    }
  });

  it('503: what cannot be recorded does not leave (PRIN-6)', async () => {
    await audit.database.ownerPool.query('REVOKE INSERT ON entry FROM audit');
    try {
      const answer = await audit.get('/v1/export', ann);
      assert.deepEqual([answer.status, codeOf(answer)], [503, 'upstream.unavailable']);
      assert.ok(!answer.text.includes('task.create'));
    } finally {
      await audit.database.ownerPool.query('GRANT INSERT ON entry TO audit');
    }
    await exportPage(ann);
  });

  it('refuses an export of too many entries before it begins, and none of as many as there may be', async () => {
    const search = { filter: { action: 'task.create' }, personId: null };
    const readerOf = (found: number) => ({
      rangeOf: async () => ({ from: 0, to: 5_000_000 }),
      count: async ({ limit }: { readonly limit: number }) => Math.min(found, limit),
    });
    const measured = await measureExport(readerOf(auditExportLimit), search);
    assert.deepEqual(measured, { range: { from: 0, to: 5_000_000 }, count: auditExportLimit });
    await assert.rejects(measureExport(readerOf(auditExportLimit + 1), search), { code: 'audit.export-too-large' });
  });

  it('401 and 403: without a token, and for any caller but the gateway', async () => {
    const missing = await audit.get('/v1/export', null);
    assert.deepEqual([missing.status, codeOf(missing)], [401, 'auth.token-missing']);
    const foreign = await audit.get('/v1/export', viewer, { 'dapr-caller-app-id': 'task' });
    assert.deepEqual([foreign.status, codeOf(foreign)], [403, 'access.caller-denied']);
  });
});
