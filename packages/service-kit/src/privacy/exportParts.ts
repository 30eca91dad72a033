import {
  type EventData,
  exportByteLimit,
  exportedRecordsSchema,
  exportLargestRecordBytes,
  exportPartBytes,
  exportPartLimit,
  exportPartRow,
  exportRecordLimit,
} from '@todo-chatbot/contracts';
import type { z } from 'zod';
import type { PersonBox } from '../security/personBox.ts';
import type { PersonalRecord } from './personalData.ts';

const partType = 'privacy.export_part.v1';

/** A part of what a service gives out, as its event carries it. */
export type ExportPart = Pick<EventData<typeof partType>, 'run' | 'part' | 'isLast' | 'records' | 'sealed'>;

/** A service holds more of a person than an export takes: it fails, and nothing is left out. */
export class ExportTooLarge extends Error {
  constructor() {
    super('a share of an export is larger than its limit');
    this.name = 'ExportTooLarge';
  }
}

/**
 * Cuts the records of a person into sealed parts, one in memory at a time; the last one says so, and there is always one.
 * @throws ExportTooLarge beyond the limits of an export
 */
export async function* exportPartsOf(options: {
  readonly records: AsyncIterable<PersonalRecord>;
  readonly box: PersonBox;
  readonly exportId: string;
  readonly run: number;
}): AsyncGenerator<ExportPart> {
  const { records, box, exportId, run } = options;
  let part = 0;
  let batch: string[] = [];
  let batchBytes = 0;
  const total = { records: 0, bytes: 0 };

  function sealBatch(isLast: boolean): ExportPart {
    if (part >= exportPartLimit) throw new ExportTooLarge();
    const place = { field: partType, row: exportPartRow({ exportId, run, part }) };
    const sealed = Buffer.from(box.seal(place, `[${batch.join(',')}]`)).toString('base64');
    const made = { run, part, isLast, records: batch.length, sealed };
    part += 1;
    batch = [];
    batchBytes = 0;
    return made;
  }

  for await (const { kind, record } of records) {
    const text = JSON.stringify({ kind, record });
    const bytes = Buffer.byteLength(text) + 1;
    total.records += 1;
    total.bytes += bytes;
    if (total.records > exportRecordLimit || total.bytes > exportByteLimit || bytes > exportLargestRecordBytes) {
      throw new ExportTooLarge();
    }
    if (batch.length > 0 && batchBytes + bytes > exportPartBytes) yield sealBatch(false);
    batch.push(text);
    batchBytes += bytes;
  }
  yield sealBatch(true);
}

/**
 * The records of a part. @throws SealBroken, SyntaxError or ZodError for one that was sealed for another person, export, run or place, or
 * holds something else than it says
 */
export function openExportPart(
  box: PersonBox,
  part: { readonly exportId: string; readonly run: number; readonly part: number; readonly records: number },
  sealed: Uint8Array,
): z.output<typeof exportedRecordsSchema> {
  const text = box.open({ field: partType, row: exportPartRow(part) }, sealed);
  return exportedRecordsSchema.length(part.records).parse(JSON.parse(text));
}
