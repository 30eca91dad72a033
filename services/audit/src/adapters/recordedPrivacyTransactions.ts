import { executeRawOf, type InPrivacyTransaction } from '@todo-chatbot/service-kit';
import type { LogWriter } from '../commands/logWriter.ts';
import { encodeEntry } from '../domain/entry.ts';
import type { RecordedTransaction } from './recordedTransactions.ts';

/** Transactions about a person's data whose audit events go straight into the log. */
export function recordedPrivacyTransactions(options: {
  readonly recorded: RecordedTransaction;
  readonly writer: LogWriter;
}): InPrivacyTransaction {
  const { recorded, writer } = options;
  return (work) =>
    recorded((client) =>
      work({ tx: executeRawOf(client), record: async (event) => void (await writer.append([encodeEntry(event)])) }),
    );
}
