import { listNameSchema, type Task, taskSchema, taskTitleSchema } from '@todo-chatbot/contracts';
import {
  type Command,
  chooseTasks,
  type Intent,
  intents,
  type TaskReference,
  type Understanding,
} from '@todo-chatbot/language';
import { z } from 'zod';
import { isAffirmation, isDenial, readChoice } from './answers.ts';
import {
  type Act,
  bulkLimit,
  commandsLimit,
  type DialogueState,
  type NewTask,
  newTaskSchema,
  type Pending,
  pendingSchema,
} from './dialogueState.ts';
import { listedTasksLimit, type Reply, replySchema, tasksOfReply } from './replies.ts';

/** How long a question of the bot stays open. A "yes" that comes later may no longer mean what was asked. */
const pendingLifetimeMs = 10 * 60_000;

/** Most options of a numbered offer. */
const optionsLimit = 10;

const tasksSchema = z.array(taskSchema).max(bulkLimit);

/** One thing that a turn does, in order: say something, or act on tasks in the person's name. */
const stepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), reply: replySchema }),
  newTaskSchema.extend({ kind: z.literal('create') }),
  z.strictObject({ kind: z.literal('complete'), tasks: tasksSchema }),
  z.strictObject({ kind: z.literal('delete'), tasks: tasksSchema }),
]);
export type Step = z.infer<typeof stepSchema>;

/** What was decided about one message, before anything is done. Stored, so that a repeat after a crash does the same again. */
export const planSchema = z.strictObject({
  intent: z.enum(intents),
  steps: z.array(stepSchema).max(3 * commandsLimit),
  pending: pendingSchema.nullable(),
});
export type Plan = z.infer<typeof planSchema>;

/** What came of a step: the tasks it acted on, and those that were no longer there. `null` for a step that only says. */
export type Outcome = { readonly tasks: readonly Task[]; readonly gone: readonly Task[] } | null;

/** All that a decision depends on. */
export interface TurnInput {
  readonly text: string;
  readonly understood: Understanding;
  readonly state: DialogueState;
  /** The person's tasks; may be empty when {@link needsTasks} says that they are not needed. */
  readonly tasks: readonly Task[];
  readonly now: Date;
  /** IANA time zone name. */
  readonly timeZone: string;
  /** The guardrail warned of the message: whatever is more than adding one task is asked first. */
  readonly isSuspect: boolean;
}

/** True when planning this message needs the person's tasks. */
export function needsTasks(input: Pick<TurnInput, 'understood' | 'state'>): boolean {
  const { pending } = input.state;
  const isAboutTasks = pending !== null && pending.kind !== 'title' && pending.kind !== 'add';
  return isAboutTasks || input.understood.commands.some((command) => command.kind !== 'add_task');
}

/**
 * Decides what one message leads to. Pure. A task is deleted only when the question about it was answered with yes; a suspect message adds
 * one task at most, and changes none.
 */
export function planTurn(input: TurnInput): Plan {
  const pending = openQuestion(input.state.pending, input.now);
  const answered = pending === null ? null : planAnswer(pending, input);
  return answered ?? planMessage(input);
}

/** The replies of a carried-out plan, the tasks they speak of, and what the dialogue remembers from now on. Pure. */
export function concludeTurn(
  state: DialogueState,
  plan: Plan,
  outcomes: readonly Outcome[],
): { replies: Reply[]; tasks: Task[]; state: DialogueState } {
  const replies = plan.steps.flatMap((step, index) => repliesOf(step, outcomes[index] ?? null));
  const deletedIds = new Set(replies.flatMap((reply) => (removesTasks(reply) ? reply.tasks.map(({ id }) => id) : [])));
  const spoken = replies.flatMap((reply) => (removesTasks(reply) ? [] : tasksOfReply(reply)));
  const tasks = spoken.filter(({ id }, index) => !deletedIds.has(id) && isFirst(spoken, id, index)).slice(0, bulkLimit);
  const listed = replies.findLast(isNumbered);
  return {
    replies,
    tasks,
    state: {
      pending: plan.pending,
      listedIds: listed === undefined ? state.listedIds : tasksOfReply(listed).map(({ id }) => id),
      focusIds: replies.some((reply) => tasksOfReply(reply).length > 0) ? tasks.map(({ id }) => id) : state.focusIds,
    },
  };
}

function openQuestion(pending: Pending | null, now: Date): Pending | null {
  if (pending === null) return null;
  return now.getTime() - Date.parse(pending.askedAt) <= pendingLifetimeMs ? pending : null;
}

/** The plan when the message answers the open question; `null` when it speaks of something else, which drops the question. */
function planAnswer(pending: Pending, input: TurnInput): Plan | null {
  if (isDenial(input.text) || input.understood.intent === 'deny') {
    return say('deny', { template: 'chat.cancelled' });
  }
  switch (pending.kind) {
    case 'confirm':
      return planConfirmation(pending, input);
    case 'add':
      return planAdditions(pending, input);
    case 'choose':
      return planChoice(pending, input);
    case 'which':
      return planWhich(pending, input);
    case 'title':
      return planTitle(pending, input);
  }
}

function planConfirmation(pending: Extract<Pending, { kind: 'confirm' }>, input: TurnInput): Plan | null {
  if (isAffirmation(input.text)) {
    const tasks = tasksWithIds(input.tasks, pending.taskIds);
    if (tasks.length === 0) return say('affirm', { template: 'task.none-matches' });
    return { intent: 'affirm', steps: [{ kind: pending.act, tasks }], pending: null };
  }
  return askAgain(pending, input);
}

function planAdditions(pending: Extract<Pending, { kind: 'add' }>, input: TurnInput): Plan | null {
  if (!isAffirmation(input.text)) return askAgain(pending, input);
  return { intent: 'affirm', steps: pending.newTasks.map((task) => ({ kind: 'create', ...task })), pending: null };
}

/** It sounds like a yes, but only a plain yes counts for what had to be asked. */
function askAgain(pending: Pending, { understood }: TurnInput): Plan | null {
  if (understood.intent !== 'affirm') return null;
  return { ...say('affirm', { template: 'task.answer-yes-or-no' }), pending };
}

function planChoice(pending: Extract<Pending, { kind: 'choose' }>, input: TurnInput): Plan | null {
  const options = tasksWithIds(input.tasks, pending.taskIds);
  const chosen = chosenTasks(input, options, pending.taskIds);
  if (chosen.length === 0) return null;
  return finish(intentOf(pending.act), target({ act: pending.act, found: chosen, isBulk: true }, emptyDraft(input)));
}

function planWhich(pending: Extract<Pending, { kind: 'which' }>, input: TurnInput): Plan | null {
  const chosen = chosenTasks(input, input.tasks, input.state.listedIds);
  if (chosen.length === 0) return null;
  return finish(intentOf(pending.act), target({ act: pending.act, found: chosen, isBulk: false }, emptyDraft(input)));
}

/** The tasks that a bare answer names, by its place in what was shown or by words. */
function chosenTasks(input: TurnInput, options: readonly Task[], shownIds: readonly string[]): Task[] {
  const places = readChoice(input.text, shownIds.length);
  if (places !== null)
    return tasksWithIds(
      options,
      shownIds.filter((_, index) => places.includes(index + 1)),
    );
  if (input.understood.intent !== 'out_of_scope') return [];
  return tasksWithIds(options, chooseTasks({ words: input.text }, options, shownIds).matches);
}

function planTitle(pending: Extract<Pending, { kind: 'title' }>, input: TurnInput): Plan | null {
  const [command, ...rest] = input.understood.commands;
  const { listName, due } = pending;
  if (command === undefined && input.understood.intent === 'out_of_scope') {
    return finish('add_task', addTask({ title: input.text, listName, due }, emptyDraft(input)));
  }
  if (command?.kind !== 'add_task' || rest.length > 0 || command.title === null) return null;
  const said = { title: command.title, listName: command.listName ?? listName, due: dueOf(command, input) ?? due };
  return finish('add_task', addTask(said, emptyDraft(input)));
}

function planMessage(input: TurnInput): Plan {
  const { intent, commands } = input.understood;
  if (commands.length === 0) return say(intent, socialReply(intent));
  const planned = commands
    .slice(0, commandsLimit)
    .reduce((draft, command) => planCommand(command, draft), emptyDraft(input));
  const careful = input.isSuspect ? askBeforeAdding(planned) : planned;
  if (commands.length <= commandsLimit) return finish(intent, careful);
  return finish(intent, spoken(careful, { template: 'chat.too-many-requests', limit: commandsLimit }));
}

/** Several tasks of a suspect message become one question, as everything else of it did. */
function askBeforeAdding(draft: Draft): Draft {
  const newTasks = draft.steps.flatMap((step): NewTask[] => {
    if (step.kind !== 'create') return [];
    const { kind: _, ...task } = step;
    return [task];
  });
  if (newTasks.length < 2) return draft;
  const rest = { ...draft, steps: draft.steps.filter(({ kind }) => kind !== 'create') };
  const askedAt = draft.input.now.toISOString();
  return ask(rest, { kind: 'add', newTasks, askedAt }, { template: 'task.confirm-add', newTasks });
}

function socialReply(intent: Intent): Reply {
  switch (intent) {
    case 'greet':
      return { template: 'chat.greeting' };
    case 'help':
      return { template: 'chat.help' };
    case 'thanks':
      return { template: 'chat.welcome' };
    case 'goodbye':
      return { template: 'chat.goodbye' };
    case 'affirm':
    case 'deny':
      return { template: 'chat.nothing-to-confirm' };
    case 'add_task':
    case 'list_tasks':
    case 'complete_task':
    case 'delete_task':
    case 'out_of_scope':
      return { template: 'chat.not-understood' };
  }
}

/** A plan in the making. At most one question is asked in a turn, and it comes last. */
interface Draft {
  readonly input: TurnInput;
  readonly steps: readonly Step[];
  readonly question: { readonly pending: Pending; readonly reply: Reply } | null;
  readonly isRestDeferred: boolean;
}

function emptyDraft(input: TurnInput): Draft {
  return { input, steps: [], question: null, isRestDeferred: false };
}

function spoken(draft: Draft, reply: Reply): Draft {
  return { ...draft, steps: [...draft.steps, { kind: 'say', reply }] };
}

function finish(intent: Intent, draft: Draft): Plan {
  const last: Reply[] = draft.question === null ? [] : [draft.question.reply];
  if (draft.isRestDeferred) last.unshift({ template: 'chat.one-question-at-a-time' });
  return {
    intent,
    steps: [...draft.steps, ...last.map((reply): Step => ({ kind: 'say', reply }))],
    pending: draft.question?.pending ?? null,
  };
}

function say(intent: Intent, reply: Reply): Plan {
  return { intent, steps: [{ kind: 'say', reply }], pending: null };
}

function planCommand(command: Command, draft: Draft): Draft {
  switch (command.kind) {
    case 'add_task':
      return addTask({ ...command, due: dueOf(command, draft.input) }, draft);
    case 'list_tasks':
      return spoken(draft, listReply(command, draft.input.tasks));
    case 'complete_task':
      return refer('complete', command.reference, draft);
    case 'delete_task':
      return refer('delete', command.reference, draft);
  }
}

function dueOf(command: Extract<Command, { kind: 'add_task' }>, { timeZone }: TurnInput): Task['due'] {
  return command.due === null ? null : { at: command.due.at, hasTime: command.due.hasTime, timeZone };
}

function addTask(said: { title: string | null; listName: string | null; due: Task['due'] }, draft: Draft): Draft {
  const listName = said.listName === null ? null : listNameSchema.safeParse(said.listName).data;
  if (listName === undefined) return spoken(draft, { template: 'task.title-rejected' });
  if (said.title === null) {
    const pending: Pending = { kind: 'title', listName, due: said.due, askedAt: draft.input.now.toISOString() };
    return ask(draft, pending, { template: 'task.ask-title' });
  }
  const title = taskTitleSchema.safeParse(said.title).data;
  if (title === undefined) return spoken(draft, { template: 'task.title-rejected' });
  return { ...draft, steps: [...draft.steps, { kind: 'create', title, listName, due: said.due }] };
}

function listReply(command: Extract<Command, { kind: 'list_tasks' }>, tasks: readonly Task[]): Reply {
  const { status, dueWithin } = command;
  const listName = command.listName === null ? null : (listNameSchema.safeParse(command.listName).data ?? null);
  const found = tasks.filter(
    (task) =>
      (status === 'all' || task.status === status) &&
      (listName === null || task.listName.toLowerCase() === listName.toLowerCase()) &&
      (dueWithin === null || isDueWithin(task, dueWithin)),
  );
  return { template: 'task.listed', tasks: found.slice(0, listedTasksLimit), total: found.length, status, listName };
}

function isDueWithin({ due }: Task, { from, to }: { from: string; to: string }): boolean {
  if (due === null) return false;
  const at = Date.parse(due.at);
  return at >= Date.parse(from) && at < Date.parse(to);
}

/** Resolves a reference and acts, asks or declines. */
function refer(act: Act, reference: TaskReference, draft: Draft): Draft {
  const { state, tasks } = draft.input;
  const shownIds = reference.pronoun === undefined ? state.listedIds : state.focusIds;
  const open = tasks.filter((task) => task.status === 'open');
  const find = (candidates: readonly Task[]) =>
    tasksWithIds(candidates, chooseTasks(reference, candidates, shownIds).matches);
  const isBulk = reference.all === true || reference.pronoun === 'them';
  const found = Object.keys(reference).length === 0 ? [] : find(act === 'complete' ? open : tasks);
  if (found.length > 0) return target({ act, found, isBulk }, draft);
  const done = act === 'complete' && !isBulk && !isVague(reference) ? find(tasks).slice(0, bulkLimit) : [];
  if (done.length > 0) return spoken(draft, { template: 'task.already-done', tasks: done });
  if (!isVague(reference)) return spoken(draft, { template: 'task.none-matches' });
  const pending: Pending = { kind: 'which', act, askedAt: draft.input.now.toISOString() };
  return ask(draft, pending, { template: 'task.ask-which' });
}

/** True for "complete it" with nothing that "it" could be, and for a bare "delete". */
function isVague({ words, ordinal, all, pronoun }: TaskReference): boolean {
  return words === undefined && ordinal === undefined && all !== true && pronoun !== 'them';
}

/** Found tasks become an act, a confirmation or a numbered choice. Deleting is never done at once, nor is anything that a suspect message wants. */
function target(aim: { act: Act; found: readonly Task[]; isBulk: boolean }, draft: Draft): Draft {
  const { act, found, isBulk } = aim;
  const askedAt = draft.input.now.toISOString();
  const taskIds = found.map(({ id }) => id);
  const isOne = found.length === 1;
  if (act === 'complete' && isOne && !draft.input.isSuspect) {
    return { ...draft, steps: [...draft.steps, { kind: 'complete', tasks: [...found] }] };
  }
  if (!isOne && !isBulk && found.length <= optionsLimit) {
    return ask(draft, { kind: 'choose', act, taskIds, askedAt }, { template: 'task.choose', tasks: [...found] });
  }
  if (!isOne && (!isBulk || found.length > bulkLimit)) {
    return spoken(draft, { template: 'task.too-many-match', total: found.length });
  }
  return confirm(act, found, draft);
}

/** Asks for a yes. Two requests for the same act in one message become one question about all their tasks. */
function confirm(act: Act, found: readonly Task[], draft: Draft): Draft {
  const asked = draft.question?.pending;
  const isSameAct = asked?.kind === 'confirm' && asked.act === act;
  const earlier = isSameAct ? tasksWithIds(draft.input.tasks, asked.taskIds) : [];
  const tasks = [...earlier, ...found.filter(({ id }) => !earlier.some((task) => task.id === id))];
  if (tasks.length > bulkLimit) return spoken(draft, { template: 'task.too-many-match', total: tasks.length });
  const askedAt = draft.input.now.toISOString();
  const pending: Pending = { kind: 'confirm', act, taskIds: tasks.map(({ id }) => id), askedAt };
  const reply: Reply = { template: act === 'delete' ? 'task.confirm-delete' : 'task.confirm-complete', tasks };
  return ask(isSameAct ? { ...draft, question: null } : draft, pending, reply);
}

function ask(draft: Draft, pending: Pending, reply: Reply): Draft {
  return draft.question === null ? { ...draft, question: { pending, reply } } : { ...draft, isRestDeferred: true };
}

function intentOf(act: Act): Intent {
  return act === 'delete' ? 'delete_task' : 'complete_task';
}

/** The tasks with these ids, in the order of the ids; ids that are gone are left out. */
function tasksWithIds(tasks: readonly Task[], ids: readonly string[]): Task[] {
  return ids.flatMap((id) => tasks.find((task) => task.id === id) ?? []);
}

function repliesOf(step: Step, outcome: Outcome): Reply[] {
  if (step.kind === 'say') return [step.reply];
  if (outcome === null) return [];
  const tasks = [...outcome.tasks];
  const gone: Reply[] = outcome.gone.length === 0 ? [] : [{ template: 'task.gone', tasks: [...outcome.gone] }];
  switch (step.kind) {
    case 'create':
      return tasks.map((task): Reply => ({ template: 'task.added', task }));
    case 'complete':
      return tasks.length === 0 ? gone : [{ template: 'task.completed', tasks }, ...gone];
    case 'delete':
      return tasks.length === 0 ? gone : [{ template: 'task.deleted', tasks }, ...gone];
  }
}

function removesTasks(reply: Reply): reply is Extract<Reply, { template: 'task.deleted' | 'task.gone' }> {
  return reply.template === 'task.deleted' || reply.template === 'task.gone';
}

function isNumbered(reply: Reply): boolean {
  return ['task.listed', 'task.choose', 'task.confirm-complete', 'task.confirm-delete'].includes(reply.template);
}

function isFirst(tasks: readonly Task[], id: string, index: number): boolean {
  return tasks.findIndex((task) => task.id === id) === index;
}
