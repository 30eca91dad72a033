import { listNameSchema, type Task, taskSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { commandsLimit, type NewTask, newTaskSchema } from './dialogueState.ts';

/** Most tasks that one reply spells out; the rest is counted. Longer lists do not fit a phone's screen. */
export const listedTasksLimit = 20;

/** Longest piece of a title inside a list, in UTF-16 code units. */
const listedTitleLimit = 120;

const tasks = z.array(taskSchema).max(50);
const taskCount = z.int().min(0);

/**
 * Every reply of the bot: a template's id with the facts it needs (CHAT-5). A fact comes from the person's own words or from a
 * service's answer; titles are data and are only ever quoted.
 */
export const replySchema = z.discriminatedUnion('template', [
  z.strictObject({ template: z.literal('chat.greeting') }),
  z.strictObject({ template: z.literal('chat.help') }),
  z.strictObject({ template: z.literal('chat.welcome') }),
  z.strictObject({ template: z.literal('chat.goodbye') }),
  z.strictObject({ template: z.literal('chat.not-understood') }),
  z.strictObject({ template: z.literal('chat.nothing-to-confirm') }),
  z.strictObject({ template: z.literal('chat.cancelled') }),
  z.strictObject({ template: z.literal('chat.one-question-at-a-time') }),
  z.strictObject({ template: z.literal('chat.too-many-requests'), limit: taskCount }),
  z.strictObject({ template: z.literal('guardrail.blocked') }),
  z.strictObject({ template: z.literal('guardrail.reply-withheld') }),
  z.strictObject({ template: z.literal('task.added'), task: taskSchema }),
  z.strictObject({ template: z.literal('task.confirm-add'), newTasks: z.array(newTaskSchema).max(commandsLimit) }),
  z.strictObject({ template: z.literal('task.ask-title') }),
  z.strictObject({ template: z.literal('task.title-rejected') }),
  z.strictObject({
    template: z.literal('task.listed'),
    tasks,
    total: taskCount,
    status: z.enum(['open', 'done', 'all']),
    listName: listNameSchema.nullable(),
  }),
  z.strictObject({ template: z.literal('task.completed'), tasks }),
  z.strictObject({ template: z.literal('task.already-done'), tasks }),
  z.strictObject({ template: z.literal('task.confirm-complete'), tasks }),
  z.strictObject({ template: z.literal('task.confirm-delete'), tasks }),
  z.strictObject({ template: z.literal('task.answer-yes-or-no') }),
  z.strictObject({ template: z.literal('task.deleted'), tasks }),
  z.strictObject({ template: z.literal('task.gone'), tasks }),
  z.strictObject({ template: z.literal('task.none-matches') }),
  z.strictObject({ template: z.literal('task.ask-which') }),
  z.strictObject({ template: z.literal('task.choose'), tasks }),
  z.strictObject({ template: z.literal('task.too-many-match'), total: taskCount }),
]);
export type Reply = z.infer<typeof replySchema>;
export type TemplateId = Reply['template'];

/** Templates that ask the person something. */
const questionTemplates: readonly TemplateId[] = [
  'task.ask-title',
  'task.ask-which',
  'task.choose',
  'task.confirm-add',
  'task.confirm-complete',
  'task.confirm-delete',
  'task.answer-yes-or-no',
];

/** When and where a reply is read: dates are written in the person's zone. */
export interface ReplySetting {
  readonly now: Date;
  /** IANA time zone name. */
  readonly timeZone: string;
}

/** The text of a reply. Plain text: whoever shows it must not treat it as markup (API-2). */
export function renderReply(reply: Reply, setting: ReplySetting): string {
  switch (reply.template) {
    case 'chat.greeting':
      return 'Hello! Tell me what to put on your list, or say “help”.';
    case 'chat.help':
      return [
        'I keep your tasks. Try:',
        '- “add buy milk to my shopping list for tomorrow at 5pm”',
        '- “show my tasks” or “what is due today?”',
        '- “complete the second one” or “done with buy milk”',
        '- “delete buy milk” (I ask before I delete)',
      ].join('\n');
    case 'chat.welcome':
      return 'You are welcome.';
    case 'chat.goodbye':
      return 'Goodbye!';
    case 'chat.not-understood':
      return 'I cannot do that. I can add, list, complete and delete tasks; say “help” for examples.';
    case 'chat.nothing-to-confirm':
      return 'There is nothing waiting for an answer.';
    case 'chat.cancelled':
      return 'All right, nothing was changed.';
    case 'chat.one-question-at-a-time':
      return 'Let us settle this first, then tell me the rest again.';
    case 'chat.too-many-requests':
      return `I take at most ${reply.limit} requests in one message; please send the rest in another one.`;
    case 'guardrail.blocked':
      return 'I cannot work with this message. Please say in plain words what you want to do with your tasks.';
    case 'guardrail.reply-withheld':
      return 'I have handled your message, but my answer did not pass its safety check. Please look at your task list.';
    case 'task.added':
      return `Added ${quoted(reply.task.title)} to ${reply.task.listName}${dueSuffix(reply.task, setting)}.`;
    case 'task.confirm-add':
      return `${numberedNew(reply.newTasks, setting)}\nAdd ${these(reply.newTasks)}? Please answer yes or no.`;
    case 'task.ask-title':
      return 'What should the task say?';
    case 'task.title-rejected':
      return 'A task is one line of at most 500 characters. Please say it shorter.';
    case 'task.listed':
      return renderList(reply, setting);
    case 'task.completed':
      return `Done: ${enumerated(reply.tasks)}.`;
    case 'task.already-done':
      return `Already done: ${enumerated(reply.tasks)}.`;
    case 'task.confirm-complete':
      return `${numbered(reply.tasks, setting)}\nMark ${these(reply.tasks)} as done? Please answer yes or no.`;
    case 'task.confirm-delete':
      return `${numbered(reply.tasks, setting)}\nDelete ${these(reply.tasks)} for good? Please answer yes or no.`;
    case 'task.answer-yes-or-no':
      return 'Please answer “yes” or “no”.';
    case 'task.deleted':
      return `Deleted: ${enumerated(reply.tasks)}.`;
    case 'task.gone':
      return `No longer there: ${enumerated(reply.tasks)}.`;
    case 'task.none-matches':
      return 'I found no such task. Say “show my tasks” to see them.';
    case 'task.ask-which':
      return 'Which task do you mean?';
    case 'task.choose':
      return `Which one do you mean?\n${numbered(reply.tasks, setting)}`;
    case 'task.too-many-match':
      return `${reply.total} tasks match. Please name the one you mean more exactly.`;
  }
}

/** The texts of several replies, one under the other, cut at a line's end so that no more than `limit` code units remain. */
export function renderReplies(replies: readonly Reply[], setting: ReplySetting, limit: number): string {
  const text = replies.map((reply) => renderReply(reply, setting)).join('\n');
  if (text.length <= limit) return text;
  const cut = text.lastIndexOf('\n', limit - 2);
  return `${text.slice(0, cut === -1 ? limit - 1 : cut + 1)}…`;
}

/** The template that names an answer of several replies: the question that it asks, otherwise its first. */
export function leadingTemplate(replies: readonly Reply[]): TemplateId {
  const templates = replies.map(({ template }) => template);
  return templates.find((template) => questionTemplates.includes(template)) ?? templates[0] ?? 'chat.not-understood';
}

/** The tasks that a reply speaks of. */
export function tasksOfReply(reply: Reply): Task[] {
  if ('tasks' in reply) return reply.tasks;
  return 'task' in reply ? [reply.task] : [];
}

/** An instant as people write it, in the given zone: `Mon 23 Nov, 17:00`, with the year when it is not the current one. */
function renderDue(due: NonNullable<Task['due']>, setting: ReplySetting): string {
  // A due day without a time belongs to the zone in which it was set; read elsewhere it would slip to a neighbouring day.
  const timeZone = due.hasTime ? setting.timeZone : due.timeZone;
  const parts = dateParts(new Date(due.at), timeZone);
  const year = parts.year === dateParts(setting.now, timeZone).year ? '' : ` ${parts.year}`;
  const day = `${parts.weekday} ${parts.day} ${parts.month}${year}`;
  return due.hasTime ? `${day}, ${parts.hour}:${parts.minute}` : day;
}

function dateParts(instant: Date, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

function renderList(reply: Extract<Reply, { template: 'task.listed' }>, setting: ReplySetting): string {
  const status = reply.status === 'all' ? '' : `${reply.status} `;
  const where = reply.listName === null ? '' : ` on ${quoted(reply.listName)}`;
  if (reply.total === 0) return `You have no ${status}tasks${where}.`;
  const heading = `You have ${reply.total} ${status}${reply.total === 1 ? 'task' : 'tasks'}${where}:`;
  return `${heading}\n${numbered(reply.tasks, setting, reply.total)}`;
}

function numbered(items: readonly Task[], setting: ReplySetting, total = items.length): string {
  const lines = items.slice(0, listedTasksLimit).map((task, index) => {
    const done = task.status === 'done' ? ', done' : '';
    return `${index + 1}. ${quoted(clipped(task.title))} (${task.listName}${done})${dueSuffix(task, setting)}`;
  });
  const rest = total - lines.length;
  return rest > 0 ? `${lines.join('\n')}\n… and ${rest} more.` : lines.join('\n');
}

function numberedNew(items: readonly NewTask[], setting: ReplySetting): string {
  const lines = items.map(({ title, listName, due }, index) => {
    const list = listName === null ? '' : ` (${listName})`;
    return `${index + 1}. ${quoted(clipped(title))}${list}${dueSuffix({ due }, setting)}`;
  });
  return lines.join('\n');
}

function enumerated(items: readonly Task[]): string {
  const titles = items.slice(0, listedTasksLimit).map((task) => quoted(clipped(task.title)));
  const rest = items.length - titles.length;
  return rest > 0 ? `${titles.join(', ')} and ${rest} more` : titles.join(', ');
}

function these(items: readonly unknown[]): string {
  return items.length === 1 ? 'this task' : `these ${items.length} tasks`;
}

function dueSuffix(task: Pick<Task, 'due'>, setting: ReplySetting): string {
  return task.due === null ? '' : `, due ${renderDue(task.due, setting)}`;
}

function clipped(title: string): string {
  return title.length <= listedTitleLimit ? title : `${title.slice(0, listedTitleLimit).trimEnd()}…`;
}

function quoted(text: string): string {
  return `“${text}”`;
}
