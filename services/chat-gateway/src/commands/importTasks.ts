import { createHash } from 'node:crypto';
import type { AuditEventData, ImportTasksResponse, Task } from '@todo-chatbot/contracts';
import { type Logger, newAuditEvent, ProblemError } from '@todo-chatbot/service-kit';
import { readTaskFile } from '../domain/readTaskFile.ts';
import type { ConversationStore } from '../ports/conversationStore.ts';
import type { Guardrail } from '../ports/guardrail.ts';
import type { TaskService } from '../ports/taskService.ts';
import { refuseUnjudged } from './refuseUnjudged.ts';

/** Well within what a page waits for an answer. */
const importBudgetMs = 15_000;

/** Lines at fault that are told; a file that is no list has one on each line. */
const toldFaultsLimit = 10;

/** A file and whose it becomes. */
interface ImportRequest {
  readonly userToken: string;
  /** The same key goes on where an import was cut short. */
  readonly key: string;
  readonly content: string;
  readonly listName?: string | undefined;
}

/** What an import needs of the outside. */
interface ImportTasksOptions {
  readonly store: Pick<ConversationStore, 'record'>;
  readonly guardrail: Guardrail;
  readonly tasks: Pick<TaskService, 'create'>;
  readonly logger: Logger;
}

/** Adds the tasks of a file. */
export type ImportTasks = (request: ImportRequest) => Promise<ImportTasksResponse>;

/**
 * Adds the tasks of a file, which may be anybody's making: it is judged as a whole, as a document (GUARD-1), before the first task is
 * added. Its lines become titles and nothing else; none is read as a command.
 * @throws ProblemError `request.invalid` with the lines at fault, `guardrail.blocked` and `guardrail.unavailable` (nothing was added),
 * `upstream.unavailable` (some may have been; the same key adds the rest).
 */
export function createImportTasks(options: ImportTasksOptions): ImportTasks {
  const { store, tasks: service } = options;
  return async ({ userToken, key, content, listName = null }) => {
    const file = readTaskFile(content);
    if ('faults' in file) {
      const errors = file.faults.map(({ line, message }) => ({
        path: 'body.content',
        message: `line ${line}: ${message}`,
      }));
      throw new ProblemError('request.invalid', { errors: errors.slice(0, toldFaultsLimit) });
    }
    const taskCount = file.titles.length;
    const judgement = await options.guardrail
      .judge({ direction: 'document', text: content, userToken })
      .catch((error: unknown) => refuseUnjudged(options, error, (reason) => refusalEvent(reason, { taskCount })));
    if (judgement.verdict === 'block') {
      const { id: judgementId, layer } = judgement;
      await store.record([refusalEvent('guardrail.blocked', { judgementId, layer, taskCount })]);
      throw new ProblemError('guardrail.blocked', {
        detail: 'Something in the file reads like an instruction to an assistant. Nothing was added.',
      });
    }
    const call = { userToken, deadlineMs: Date.now() + importBudgetMs };
    // A key of its own for each line, which no key of a single task is, and never too long.
    const keyOfLine = `import-${createHash('sha256').update(key).digest('hex')}`;
    const tasks: Task[] = [];
    for (const [index, title] of file.titles.entries()) {
      tasks.push(await service.create(call, { title, listName, due: null, key: `${keyOfLine}:${index}` }));
    }
    return { tasks, ticked: file.ticked };
  };
}

function refusalEvent(reason: 'guardrail.blocked' | 'guardrail.unavailable', input: AuditEventData['input']) {
  return newAuditEvent({
    action: 'task.import',
    category: 'security',
    success: false,
    reason,
    object: null,
    input,
    retentionClass: 'security',
  });
}
