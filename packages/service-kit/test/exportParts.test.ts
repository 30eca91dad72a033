import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { exportPartBytes, exportRecordLimit, newId } from '@todo-chatbot/contracts';
import {
  createPersonBox,
  type ExportPart,
  ExportTooLarge,
  exportPartsOf,
  openExportPart,
  type PersonalRecord,
} from '../src/index.ts';

const userId = newId('user');
const exportId = newId('export');
const key = randomBytes(32);
const scope = 'privacy.replies.task';
const box = createPersonBox({ personId: userId, scope, key });

async function* manyRecords(count: number, text = 'buy milk'): AsyncGenerator<PersonalRecord> {
  for (let n = 0; n < count; n += 1) yield { kind: 'task', record: { n, text } };
}
async function partsOf(records: AsyncIterable<PersonalRecord>): Promise<ExportPart[]> {
  const parts: ExportPart[] = [];
  for await (const part of exportPartsOf({ records, box, exportId, run: 1 })) parts.push(part);
  return parts;
}
const bytesOf = (sealed: string) => Buffer.from(sealed, 'base64');

test('10,000 records come out as they went in, in parts that an event can carry, and the last part alone says so (PRIV-3)', async () => {
  const parts = await partsOf(manyRecords(10_000, 'x'.repeat(300)));
  assert.ok(parts.length > 30);
  assert.deepEqual(
    parts.map(({ part, isLast }) => [part, isLast]),
    parts.map((_, index) => [index, index === parts.length - 1]),
  );
  for (const { sealed } of parts) assert.ok(sealed.length < exportPartBytes * 1.4);
  const opened = parts.flatMap((part) => openExportPart(box, { exportId, ...part }, bytesOf(part.sealed)));
  assert.deepEqual(
    opened.map(({ record }) => record.n),
    Array.from({ length: 10_000 }, (_, n) => n),
  );
});

test('somebody of whom there is nothing has one part with nothing in it', async () => {
  const [only, ...others] = await partsOf(manyRecords(0));
  assert.deepEqual(others, []);
  assert.deepEqual([only?.isLast, only?.records], [true, 0]);
});

test('attack: a part in the place of another part, run, export, person or service does not open (PRIV-3, DATA-2)', async () => {
  const [part, next] = await partsOf(manyRecords(1_000, 'x'.repeat(300)));
  assert.ok(part && next);
  const sealed = bytesOf(part.sealed);
  const place = { exportId, run: 1, part: 0, records: part.records };
  assert.equal(openExportPart(box, place, sealed).length, part.records);

  const flipped = Buffer.from(sealed);
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  const stranger = createPersonBox({ personId: newId('user'), scope, key });
  const otherService = createPersonBox({ personId: userId, scope: 'privacy.replies.booking', key });
  for (const attempt of [
    () => openExportPart(box, { ...place, part: 1 }, sealed),
    () => openExportPart(box, { ...place, run: 2 }, sealed),
    () => openExportPart(box, { ...place, exportId: newId('export') }, sealed),
    () => openExportPart(box, place, bytesOf(next.sealed)),
    () => openExportPart(box, place, flipped),
    () => openExportPart(box, place, sealed.subarray(0, -1)),
    () => openExportPart(stranger, place, sealed),
    () => openExportPart(otherService, place, sealed),
    // It opens, and holds fewer than it was said to.
    () => openExportPart(box, { ...place, records: part.records + 1 }, sealed),
  ]) {
    assert.throws(attempt);
  }
});

test('what is more than an export takes fails, and nothing is left out (PRIV-3)', async () => {
  await assert.rejects(partsOf(manyRecords(1, 'x'.repeat(280_000))), ExportTooLarge);
  await assert.rejects(partsOf(manyRecords(exportRecordLimit + 1, '')), ExportTooLarge);
});
