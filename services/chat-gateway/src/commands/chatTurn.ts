import {
  type AuditEventData,
  guardrailTextLimit,
  type Judgement,
  newId,
  type PostMessageResponse,
  type Task,
} from '@todo-chatbot/contracts';
import { understand } from '@todo-chatbot/language';
import { type Clock, type Logger, metrics, newAuditEvent, ProblemError } from '@todo-chatbot/service-kit';
import { concludeTurn, needsTasks, type Outcome, type Plan, planTurn, type Step } from '../domain/dialogue.ts';
import { knownTexts } from '../domain/knownTexts.ts';
import { leadingTemplate, type Reply, renderReplies, renderReply } from '../domain/replies.ts';
import type { ConversationStore, IncomingMessage, OpenTurn } from '../ports/conversationStore.ts';
import type { Guardrail } from '../ports/guardrail.ts';
import type { TaskCall, TaskService } from '../ports/taskService.ts';
import { refuseUnjudged } from './refuseUnjudged.ts';

/** A turn ends before its lease does, so that nobody else can begin while it still acts. */
const turnBudgetMs = 12_000;

/** Longest wait for another turn of the same person: longer than a lease, so that a repeat outlasts a crash. */
const waitForTurnMs = 16_000;

/** First and longest pause between two tries to begin. */
const firstPauseMs = 20;
const longestPauseMs = 250;

/** What a person says, and as whom. */
interface ChatRequest {
  readonly userId: string;
  readonly userToken: string;
  readonly text: string;
  readonly conversationId: string | null;
  /** IANA time zone name. */
  readonly timeZone: string;
  readonly idempotencyKey: string | null;
}

/** What a turn needs of the outside. */
export interface ChatTurnOptions {
  readonly store: ConversationStore;
  readonly guardrail: Guardrail;
  readonly tasks: TaskService;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Answers one message. */
export type RunChatTurn = (request: ChatRequest) => Promise<PostMessageResponse>;

/**
 * One message, start to end: judged, understood, planned, acted upon with the person's own token, answered from templates,
 * judged again and stored with its audit events in one transaction.
 * @throws ProblemError `guardrail.unavailable` (nothing was understood or done), `resource.not-found` for a conversation that
 * is not the person's, `request.idempotency-conflict`, `upstream.unavailable`.
 */
export function createChatTurn(options: ChatTurnOptions): RunChatTurn {
  const { store, guardrail, logger } = options;
  return async (request) => {
    const startedAt = performance.now();
    const { text, userToken } = request;
    const judgement = await guardrail
      .judge({ direction: 'input', text, userToken })
      .catch((error: unknown) =>
        refuseUnjudged(options, error, (reason) => refusalEvent(request, { reason, object: null, input: {} })),
      );
    if (judgement.verdict === 'block') return refuse(options, request, judgement);

    const begun = await beginOrWait(options, request);
    if (begun.kind === 'answered') return begun.answer;
    const { turn } = begun;
    try {
      const answer = await carryOut(options, { request, turn, judgement });
      metrics.histogram('chat_turn_seconds').record((performance.now() - startedAt) / 1000, { intent: answer.intent });
      return answer;
    } catch (error) {
      await store.abandon(turn).catch((cause: unknown) => {
        logger.warn({ err: cause }, 'a failed turn keeps its lease until it runs out');
      });
      throw error;
    }
  };
}

/** Nothing is understood, done or kept of a message that the guardrail blocks; the guardrail has the decision in its own trail. */
async function refuse(
  { store, clock }: ChatTurnOptions,
  request: ChatRequest,
  judgement: Judgement,
): Promise<PostMessageResponse> {
  const now = clock.now();
  const conversationId = await store.conversationFor(request, now);
  if (conversationId === null) throw new ProblemError('resource.not-found');
  const reply: Reply = { template: 'guardrail.blocked' };
  const messageId = newId('message');
  await store.record([
    refusalEvent(request, {
      reason: 'guardrail.blocked',
      object: { type: 'conversation', id: conversationId },
      input: { intent: 'blocked', ...findingOf(judgement) },
    }),
    replyEvent(messageId, { replies: [reply], tasks: [], withheld: null, judgement: null }),
  ]);
  return {
    conversationId,
    messageId,
    reply: renderReply(reply, { now, timeZone: request.timeZone }),
    templateId: reply.template,
    intent: 'blocked',
    tasks: [],
    judgementId: judgement.id,
  };
}

/** Begins the turn, once no other turn of the person is running. */
async function beginOrWait({ store, clock }: ChatTurnOptions, request: ChatRequest) {
  const { userId, conversationId, text, idempotencyKey } = request;
  const message: IncomingMessage = { userId, conversationId, text, idempotencyKey, receivedAt: clock.now() };
  const giveUpAt = performance.now() + waitForTurnMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const result = await store.begin(message, clock.now());
    switch (result.kind) {
      case 'begun':
      case 'answered':
        return result;
      case 'conflict':
        throw new ProblemError('request.idempotency-conflict');
      case 'no-such-conversation':
        throw new ProblemError('resource.not-found');
      case 'busy':
        if (performance.now() > giveUpAt) throw new ProblemError('upstream.unavailable', { retryAfterSeconds: 2 });
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** A message that may be acted upon, and what the guardrail said of it. */
interface Turn {
  readonly request: ChatRequest;
  readonly turn: OpenTurn;
  readonly judgement: Judgement;
}

async function carryOut(options: ChatTurnOptions, { request, turn, judgement }: Turn): Promise<PostMessageResponse> {
  const { store, clock } = options;
  const call: TaskCall = { userToken: request.userToken, deadlineMs: Date.now() + turnBudgetMs };
  const plan = turn.plan ?? (await decide(options, { request, turn, judgement }, call));
  const acts = plan.steps.some((step) => step.kind !== 'say');
  // Only a message with a key can come again, and only what acts must then do the same again.
  if (acts && request.idempotencyKey !== null && turn.plan === null) await store.rememberPlan(turn, plan);

  const outcomes: Outcome[] = [];
  for (const [index, step] of plan.steps.entries()) {
    outcomes.push(await act(options.tasks, { step, call, key: `${turn.messageId}:${index}` }));
  }
  const { replies, tasks, state } = concludeTurn(turn.state, plan, outcomes);
  const shown = await checkedReply(options, { request, turn, replies, tasks });
  const answer: PostMessageResponse = {
    conversationId: turn.conversationId,
    messageId: newId('message'),
    reply: shown.text,
    templateId: leadingTemplate(shown.replies),
    intent: plan.intent,
    tasks: shown.tasks,
  };
  const events = [messageEvent({ request, turn, judgement }, plan), replyEvent(answer.messageId, shown)];
  await store.finish(turn, { answer, answeredAt: clock.now(), state, events });
  return answer;
}

async function decide(
  { tasks: service }: ChatTurnOptions,
  { request, turn, judgement }: Turn,
  call: TaskCall,
): Promise<Plan> {
  const { text, timeZone } = request;
  const { state, receivedAt: now } = turn;
  const understood = understand(text, { now, timeZone });
  const tasks = needsTasks({ understood, state }) ? await service.list(call) : [];
  return planTurn({ text, understood, state, tasks, now, timeZone, isSuspect: judgement.verdict === 'warn' });
}

async function act(service: TaskService, todo: { step: Step; call: TaskCall; key: string }): Promise<Outcome> {
  const { step, call, key } = todo;
  switch (step.kind) {
    case 'say':
      return null;
    case 'create':
      return { tasks: [await service.create(call, { ...step, key })], gone: [] };
    case 'complete': {
      const tasks: Task[] = [];
      const gone: Task[] = [];
      for (const task of step.tasks) {
        const completed = await service.complete(call, task.id);
        if (completed === null) gone.push(task);
        else tasks.push(completed);
      }
      return { tasks, gone };
    }
    case 'delete':
      for (const task of step.tasks) await service.remove(call, task.id);
      return { tasks: step.tasks, gone: [] };
  }
}

/** What a person is told. */
interface ShownReply {
  readonly replies: readonly Reply[];
  readonly tasks: Task[];
  /** Why the reply is not the one that was meant. */
  readonly withheld: 'guardrail.blocked' | 'guardrail.unavailable' | null;
  /** `null` when there is none. */
  readonly judgement: Judgement | null;
}

/**
 * The reply after its judgement, without the pieces that are not for the person. One that is blocked or cannot be judged is never sent:
 * a fixed text without any fact takes its place. The acts are done by then, so an error would only invite the person to ask for them a
 * second time.
 */
async function checkedReply(
  { guardrail, logger }: ChatTurnOptions,
  { request, turn, replies, tasks }: { request: ChatRequest; turn: OpenTurn; replies: Reply[]; tasks: Task[] },
): Promise<ShownReply & { readonly text: string }> {
  const setting = { now: turn.receivedAt, timeZone: request.timeZone };
  const text = renderReplies(replies, setting, guardrailTextLimit);
  const context = { instructions: null, known: knownTexts(request.text, replies) };
  const judgement = await guardrail
    .judge({ direction: 'output', text, context, userToken: request.userToken })
    .catch((error: unknown) => {
      logger.warn({ err: error }, 'a reply could not be judged and is withheld');
      return null;
    });
  const told = textToTell(text, judgement);
  if (told !== null) return { text: told, replies, tasks, withheld: null, judgement };
  const instead: Reply = { template: 'guardrail.reply-withheld' };
  const withheld = judgement === null ? 'guardrail.unavailable' : 'guardrail.blocked';
  return { text: renderReply(instead, setting), replies: [instead], tasks: [], withheld, judgement };
}

/** What may be told of the text; `null`: nothing. */
function textToTell(text: string, judgement: Judgement | null): string | null {
  switch (judgement?.verdict) {
    case 'allow':
      return text;
    case 'mask':
      return judgement.masked;
    default:
      return null;
  }
}

/** What was asked, without what was said: the intent, and of the entities only that they were there (AUD-1, AUD-4). */
function messageEvent({ request, turn, judgement }: Turn, plan: Plan) {
  const created = plan.steps.filter((step) => step.kind === 'create');
  return newAuditEvent({
    action: 'chat.message',
    category: 'conversation',
    success: true,
    object: { type: 'message', id: turn.messageId },
    input: {
      intent: plan.intent,
      textLength: request.text.length,
      acts: plan.steps.map(({ kind }) => kind),
      hasTitle: created.length > 0,
      hasList: created.some(({ listName }) => listName !== null),
      hasDue: created.some(({ due }) => due !== null),
      ...findingOf(judgement),
    },
    retentionClass: 'conversation',
  });
}

function refusalEvent(
  request: ChatRequest,
  { reason, object, input }: Pick<AuditEventData, 'reason' | 'object' | 'input'>,
) {
  return newAuditEvent({
    action: 'chat.message',
    category: 'security',
    success: false,
    reason,
    object,
    input: { textLength: request.text.length, ...input },
    retentionClass: 'security',
  });
}

/** A withheld reply is a failure, and security's business. */
function replyEvent(messageId: string, { replies, tasks, withheld, judgement }: ShownReply) {
  return newAuditEvent({
    action: 'chat.reply',
    category: withheld === null ? 'conversation' : 'security',
    success: withheld === null,
    reason: withheld,
    object: { type: 'message', id: messageId },
    input: {
      templates: replies.map(({ template }) => template),
      taskCount: tasks.length,
      ...(judgement === null ? {} : findingOf(judgement)),
    },
    retentionClass: withheld === null ? 'conversation' : 'security',
  });
}

/** What the guardrail found: by its judgement's id its own trail tells more. Nothing of what it allows. */
function findingOf({ verdict, layer, id }: Judgement) {
  return verdict === 'allow' ? {} : { verdict, layer, judgementId: id };
}
