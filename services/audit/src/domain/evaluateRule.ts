import { hash } from 'node:crypto';
import type { AlertRule } from '@todo-chatbot/contracts';
import type { SealedValue } from './entry.ts';

/** Newest entries that an alert names. */
const maxEntryIndexes = 20;
/** Late events need earlier hits beside the newest ones: so many times the threshold are remembered of a group. */
const hitsPerThreshold = 10;
/** Bound of that for high thresholds, twice the highest one. */
const maxHits = 2_000;
/** User agents and addresses remembered of a person: more than anybody has, few enough to be read at each sign-in. */
const maxSeen = 100;
/** A hash only tells the known from the new; 96 bits do not collide by chance. */
const seenHashLength = 16;

/** An entry of the log as rules look at it. */
export interface MonitoredEvent {
  readonly index: number;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly service: string;
  readonly actorId: string | null;
  readonly category: string;
  readonly action: string;
  readonly success: boolean;
  readonly reason: string | null;
  readonly objectId: string | null;
  readonly address: string | null;
  /** Null: hidden, or still sealed. */
  readonly userAgent: string | null;
  /** The user agent while it is sealed: nothing is known of it then. */
  readonly sealedUserAgent?: SealedValue;
}

/** Something that counts for a rule. */
export interface Hit {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The entry of the log; null for a signal that is about none. */
  readonly index: number | null;
}

/** A user agent or address that a person was seen with. */
export interface Seen {
  readonly hash: string;
  /** When last, in milliseconds since 1970. */
  readonly at: number;
}

/** What an open alert says of its hits. */
export interface AlertFacts {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Newest last. */
  readonly entryIndexes: readonly number[];
}

/** What a rule knows of a group of events. */
export interface GroupState {
  /** In the order in which they came; none while an alert is open, because that takes them. */
  readonly hits: readonly Hit[];
  readonly seen: readonly Seen[];
  /** The open alert. */
  readonly alert: AlertFacts | null;
}

/** What a rule knows of a group that it never met. */
export const emptyGroupState: GroupState = { hits: [], seen: [], alert: null };

/** Group of rules that have none. */
export const noGroup = '';
/** Characters of a group's name that count. */
export const maxGroupLength = 100;

/** The part of a rule that decides. */
export type EvaluatedRule = Pick<AlertRule, 'kind' | 'match' | 'groupBy' | 'threshold' | 'windowSeconds'>;

/**
 * The group in which an event counts for a rule; null when it does not. An event that lacks what the rule groups by belongs to no group:
 * strangers are not one person.
 */
export function groupOf(rule: EvaluatedRule, event: MonitoredEvent): string | null {
  if (rule.kind === 'signal' || !isMatch(rule.match, event)) return null;
  return groupValueOf(rule.groupBy, event)?.slice(0, maxGroupLength) ?? null;
}

/** What the rule knows of the group after an event that counts there. Answers the same object when nothing changed. */
export function applyEvent(rule: EvaluatedRule, state: GroupState, event: MonitoredEvent): GroupState {
  if (rule.kind !== 'new-device') return applyHit(rule, state, event);
  const { address, userAgent, sealedUserAgent } = event;
  // An address is nothing that a client could hide: without one, nobody came from anywhere.
  if (address === null) return state;
  const known = state.seen.filter(({ at }) => event.at - at < windowMsOf(rule));
  const shown = [
    hashOf('address', address),
    // A client that hides what it is looks like all others that do: it must not pass for that unseen. Of one that could not be opened
    // nothing is known, so that the address alone decides.
    ...(sealedUserAgent ? [] : [hashOf('user-agent', userAgent ?? '')]),
  ];
  const isNewDevice = known.length > 0 && !known.some((seen) => shown.includes(seen.hash));
  const after = { ...state, seen: remember(known, shown, event.at) };
  return isNewDevice ? applyHit(rule, after, event) : after;
}

/** What the rule knows of the group after a hit: one more on the open alert, or an alert when the window is full with it. */
export function applyHit(rule: EvaluatedRule, state: GroupState, { at, index }: Hit): GroupState {
  const hit = { at, index };
  if (state.alert) return { ...state, alert: addTo(state.alert, hit) };
  const hits = [...state.hits, hit].slice(-Math.min(maxHits, hitsPerThreshold * rule.threshold));
  const inWindow = fullWindow(rule, hits, at);
  return inWindow ? { ...state, hits: [], alert: alertOf(inWindow) } : { ...state, hits };
}

function groupValueOf(groupBy: AlertRule['groupBy'], event: MonitoredEvent): string | null {
  switch (groupBy) {
    case 'none':
      return noGroup;
    case 'actor':
      return event.actorId;
    case 'object':
      return event.objectId;
    case 'address':
      return event.address;
    case 'service':
      return event.service;
  }
}

function isMatch(match: AlertRule['match'], event: MonitoredEvent): boolean {
  return (
    isListed(match.actions, event.action) &&
    isListed(match.categories, event.category) &&
    isListed(match.services, event.service) &&
    isListed(match.reasons, event.reason) &&
    (match.success === undefined || match.success === event.success)
  );
}

function isListed(list: readonly string[] | undefined, value: string | null): boolean {
  return list === undefined || (value !== null && list.includes(value));
}

/**
 * The hits of a window that holds the moment and as many hits as the threshold asks for; undefined when there is none. Windows are
 * everywhere in time, so that an event that comes late counts among its neighbours. A window ends before the moment that is its whole
 * length after its first hit.
 */
function fullWindow(rule: EvaluatedRule, hits: readonly Hit[], moment: number): readonly Hit[] | undefined {
  const sorted = hits.toSorted((a, b) => a.at - b.at);
  for (const [place, { at: start }] of sorted.entries()) {
    if (start > moment) return undefined;
    if (moment - start >= windowMsOf(rule)) continue;
    const last = sorted[place + rule.threshold - 1];
    if (last && last.at - start < windowMsOf(rule)) {
      return hits.filter(({ at }) => at >= start && at - start < windowMsOf(rule));
    }
  }
  return undefined;
}

function alertOf(hits: readonly Hit[]): AlertFacts {
  const times = hits.map(({ at }) => at);
  return {
    count: hits.length,
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    entryIndexes: hits.flatMap(({ index }) => index ?? []).slice(-maxEntryIndexes),
  };
}

function addTo(alert: AlertFacts, { at, index }: Hit): AlertFacts {
  return {
    count: alert.count + 1,
    firstAt: Math.min(alert.firstAt, at),
    lastAt: Math.max(alert.lastAt, at),
    entryIndexes: index === null ? alert.entryIndexes : [...alert.entryIndexes, index].slice(-maxEntryIndexes),
  };
}

/** The least recently seen are forgotten first. */
function remember(known: readonly Seen[], shown: readonly string[], at: number): readonly Seen[] {
  const lastAt = new Map(known.map((seen) => [seen.hash, seen.at]));
  for (const seenHash of shown) lastAt.set(seenHash, Math.max(at, lastAt.get(seenHash) ?? at));
  return [...lastAt]
    .map(([seenHash, seenAt]) => ({ hash: seenHash, at: seenAt }))
    .toSorted((a, b) => a.at - b.at)
    .slice(-maxSeen);
}

function hashOf(kind: string, value: string): string {
  return hash('sha256', `${kind}:${value}`, 'base64url').slice(0, seenHashLength);
}

function windowMsOf({ windowSeconds }: EvaluatedRule): number {
  return windowSeconds * 1000;
}
