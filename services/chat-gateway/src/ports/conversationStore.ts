import type { ChatMessage, CloudEvent, PostMessageResponse } from '@todo-chatbot/contracts';
import type { PersonBox } from '@todo-chatbot/service-kit';
import type { Plan } from '../domain/dialogue.ts';
import type { DialogueState } from '../domain/dialogueState.ts';

/** What a person sent, as the turn needs it. */
export interface IncomingMessage {
  readonly userId: string;
  /** `null`: the person's latest conversation, or a new one. */
  readonly conversationId: string | null;
  readonly text: string;
  readonly idempotencyKey: string | null;
  readonly receivedAt: Date;
}

/** A turn that this process may run: nobody else runs one in the same conversation until the lease ends. */
export interface OpenTurn {
  readonly conversationId: string;
  readonly userId: string;
  /** Seals what the turn leaves behind: once it acts, its end does not wait for `auth`. */
  readonly box: PersonBox;
  /** The person's message. The keys of the acts follow from it, so that a repeat does not act twice. */
  readonly messageId: string;
  /** When the message first came; dates in it are read from then. */
  readonly receivedAt: Date;
  readonly state: DialogueState;
  /** What an earlier, broken-off run of the same message had decided. */
  readonly plan: Plan | null;
  readonly leaseToken: string;
}

interface TurnResult {
  readonly answer: PostMessageResponse;
  readonly answeredAt: Date;
  readonly state: DialogueState;
  readonly events: readonly CloudEvent[];
}

/** What became of the wish to begin a turn. */
export type BeginResult =
  | { readonly kind: 'begun'; readonly turn: OpenTurn }
  /** The key was used for this message before, and here is what was answered. */
  | { readonly kind: 'answered'; readonly answer: PostMessageResponse }
  /** Another turn of the person is running. */
  | { readonly kind: 'busy' }
  /** The key was used for another message. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'no-such-conversation' };

/**
 * Conversations, their messages and who is running a turn. Each call is one transaction. What begins or reads something of a person
 * throws ProblemError `upstream.unavailable` or `person.erased` when there is no key of theirs, before anything is stored.
 */
export interface ConversationStore {
  begin(message: IncomingMessage, now: Date): Promise<BeginResult>;
  /** Remembers what was decided before anything is done. */
  rememberPlan(turn: OpenTurn, plan: Plan): Promise<void>;
  /** The named conversation, or the latest, or a new one; `null` when the named one is not the person's. */
  conversationFor(owner: { userId: string; conversationId: string | null }, now: Date): Promise<string | null>;
  /** Stores answer, state and events, and ends the lease. @throws when the lease was lost meanwhile; nothing is stored then. */
  finish(turn: OpenTurn, result: TurnResult): Promise<void>;
  /** Ends the lease of a turn that failed, so that a repeat need not wait for it to run out. */
  abandon(turn: OpenTurn): Promise<void>;
  /** The person's latest conversation with its latest messages, oldest first; `null` when there is none. */
  latest(userId: string): Promise<{ readonly id: string; readonly messages: readonly ChatMessage[] } | null>;
  /** Stores audit events of acts that change nothing here. */
  record(events: readonly CloudEvent[]): Promise<void>;
}
