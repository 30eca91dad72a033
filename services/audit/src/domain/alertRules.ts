import type { AlertRule, AlertRuleChange } from '@todo-chatbot/contracts';
import type { SignalRuleId } from '../ports/signals.ts';

type RuleOfCode = Omit<AlertRule, 'enabled' | 'version' | 'changedBy' | 'changedAt'>;

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const signInActions = ['auth.login', 'auth.login-second-factor', 'auth.login-passkey'];

/** Failures of whoever signs in; not those of ours, such as a busy service. */
const failedSignIn = {
  actions: signInActions,
  success: false,
  reasons: ['auth.invalid-credentials', 'auth.second-factor-invalid', 'locked', 'suspended', 'request.rate-limited'],
};

/** Refusals that nobody runs into in everyday use, as one does into a missing token or a proof that has grown old. */
const denial = {
  actions: ['access.refuse'],
  reasons: ['access.permission-denied', 'access.caller-denied', 'auth.csrf', 'auth.token-invalid'],
};

/** Rules over audit events. Acts of alerting itself are in none but `monitoring-changed`, so that no alert begets another. */
const eventRules: readonly RuleOfCode[] = [
  {
    id: 'failed-sign-ins-by-account',
    title: 'Many failed sign-ins to one account',
    kind: 'threshold',
    match: failedSignIn,
    groupBy: 'object',
    severity: 'warning',
    threshold: 10,
    windowSeconds: 10 * minute,
  },
  {
    // Guesses over many accounts, each below its lock. A network's people mistype, too: see the lock of an address in auth.
    id: 'failed-sign-ins-by-address',
    title: 'Many failed sign-ins from one network',
    kind: 'threshold',
    match: failedSignIn,
    groupBy: 'address',
    severity: 'high',
    threshold: 50,
    windowSeconds: 10 * minute,
  },
  {
    id: 'lock-out',
    title: 'Attempts were locked out',
    kind: 'threshold',
    match: { actions: ['auth.lock-out'] },
    groupBy: 'object',
    severity: 'info',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'lock-out-wave',
    title: 'Many lock-outs at once',
    kind: 'threshold',
    match: { actions: ['auth.lock-out'] },
    groupBy: 'none',
    severity: 'high',
    threshold: 10,
    windowSeconds: hour,
  },
  {
    // Two parties hold the token of one session, and one of them stole it.
    id: 'token-replay',
    title: 'A used refresh token came back',
    kind: 'threshold',
    match: { actions: ['auth.revoke-session'], reasons: ['refresh-token-replayed'] },
    groupBy: 'object',
    severity: 'high',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'passkey-cloned',
    title: 'A passkey exists twice',
    kind: 'threshold',
    match: { actions: ['auth.refuse-passkey'], reasons: ['passkey-cloned'] },
    groupBy: 'object',
    severity: 'critical',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'access-denials-by-actor',
    title: 'One person tries what they may not',
    kind: 'threshold',
    match: denial,
    groupBy: 'actor',
    severity: 'warning',
    threshold: 10,
    windowSeconds: 10 * minute,
  },
  {
    id: 'access-denials-by-address',
    title: 'Many refusals to one network',
    kind: 'threshold',
    match: denial,
    groupBy: 'address',
    severity: 'warning',
    threshold: 50,
    windowSeconds: 10 * minute,
  },
  {
    // The mesh's policy is to refuse it before the service does: once is too often.
    id: 'caller-denied',
    title: 'A service was called by one that may not',
    kind: 'threshold',
    match: { actions: ['access.refuse'], reasons: ['access.caller-denied'] },
    groupBy: 'service',
    severity: 'high',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    // Of each flood the gateway records the first refusal only.
    id: 'request-floods',
    title: 'Repeated floods of requests from one network',
    kind: 'threshold',
    match: { actions: ['access.limit'] },
    groupBy: 'address',
    severity: 'warning',
    threshold: 5,
    windowSeconds: 10 * minute,
  },
  {
    id: 'guardrail-blocks',
    title: 'One person’s messages are blocked again and again',
    kind: 'threshold',
    match: { actions: ['guardrail.judge'], success: false },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 5,
    windowSeconds: 10 * minute,
  },
  {
    id: 'prompt-leak',
    title: 'An answer gave away the assistant’s instructions and was blocked',
    kind: 'threshold',
    match: { actions: ['guardrail.judge'], reasons: ['leak:canary', 'leak:instructions'] },
    groupBy: 'actor',
    severity: 'high',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    // Nobody can use the chat without it. One refusal may be a restart's; whoever silences the guardrail makes more.
    id: 'guardrail-unavailable',
    title: 'Messages, answers or files could not be checked',
    kind: 'threshold',
    match: {
      actions: ['chat.message', 'chat.reply', 'task.import'],
      reasons: ['guardrail.unavailable'],
      success: false,
    },
    groupBy: 'none',
    severity: 'high',
    threshold: 3,
    windowSeconds: 10 * minute,
  },
  {
    // Whoever took an editor's session over could lower the wall.
    id: 'guardrail-settings-changed',
    title: 'The settings of the guardrail were changed',
    kind: 'threshold',
    match: { actions: ['guardrail.settings-change'], success: true },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'guardrail-drift',
    title: 'Messages score otherwise than those that the guardrail has learnt from',
    kind: 'threshold',
    match: { actions: ['guardrail.drift'] },
    groupBy: 'none',
    severity: 'warning',
    threshold: 1,
    windowSeconds: day,
  },
  {
    id: 'guardrail-texts-burst',
    title: 'One person opens kept messages one after the other',
    kind: 'threshold',
    // A preview opens texts as well, and its counts tell what is in them.
    match: { actions: ['guardrail.open-text', 'guardrail.preview-settings'] },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 100,
    windowSeconds: hour,
  },
  {
    // A page holds a hundred texts: this is a thousand.
    id: 'guardrail-evaluation-burst',
    title: 'One person exports kept messages by the thousand',
    kind: 'threshold',
    match: { actions: ['guardrail.export-evaluation'] },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 10,
    windowSeconds: hour,
  },
  {
    id: 'privilege-change',
    title: 'Somebody’s roles were changed',
    kind: 'threshold',
    match: { actions: ['user.set-roles', 'user.create-administrator'], success: true },
    groupBy: 'object',
    severity: 'warning',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'administrator-act',
    title: 'An administrator acted on accounts',
    kind: 'threshold',
    match: { actions: ['user.suspend', 'user.reinstate', 'user.end-sessions', 'user.delete'], success: true },
    groupBy: 'actor',
    severity: 'info',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'administration-refused',
    title: 'Acts of administration were refused',
    kind: 'threshold',
    match: { categories: ['administration'], services: ['auth'], success: false },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 3,
    windowSeconds: hour,
  },
  {
    id: 'signing-key-changed',
    title: 'A signing key was made or rotated',
    kind: 'threshold',
    match: { actions: ['auth.create-signing-key', 'auth.rotate-signing-key'], success: true },
    groupBy: 'none',
    severity: 'info',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'signing-key-revoked',
    title: 'A signing key was revoked',
    kind: 'threshold',
    match: { actions: ['auth.revoke-signing-key'], success: true },
    groupBy: 'none',
    severity: 'high',
    threshold: 1,
    windowSeconds: hour,
  },
  {
    id: 'api-key-burst',
    title: 'One person makes many API keys',
    kind: 'threshold',
    match: { actions: ['auth.create-api-key'], success: true },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 5,
    windowSeconds: hour,
  },
  {
    id: 'export-burst',
    title: 'One person exports again and again',
    kind: 'threshold',
    // The trail, or everything that is kept of them: whoever took a session over would carry both away.
    match: { actions: ['audit.export', 'privacy.request-export', 'privacy.download-export'] },
    groupBy: 'actor',
    severity: 'high',
    threshold: 5,
    windowSeconds: hour,
  },
  {
    id: 'reading-burst',
    title: 'One person reads the audit trail page after page',
    kind: 'threshold',
    // A proof holds what its entry says: the whole log could be read by them as well.
    match: { actions: ['audit.list', 'audit.prove', 'user.list'] },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 200,
    windowSeconds: hour,
  },
  {
    id: 'erasure-burst',
    title: 'Many accounts are deleted by one administrator',
    kind: 'threshold',
    match: { actions: ['user.delete'], success: true },
    groupBy: 'actor',
    severity: 'high',
    threshold: 5,
    windowSeconds: hour,
  },
  {
    // A person waits for it, and the law does not wait for us (PRIV-4).
    id: 'erasure-overdue',
    title: 'The erasure of a person has missed its deadline',
    kind: 'threshold',
    match: { actions: ['privacy.erasure-overdue'] },
    groupBy: 'object',
    severity: 'high',
    threshold: 1,
    windowSeconds: day,
  },
  {
    id: 'new-device',
    title: 'A sign-in from a new device at a new address',
    kind: 'new-device',
    match: { actions: signInActions, success: true },
    groupBy: 'actor',
    severity: 'warning',
    threshold: 1,
    windowSeconds: 90 * day,
  },
  {
    id: 'monitoring-changed',
    title: 'A rule of the security monitoring was changed',
    kind: 'threshold',
    match: { actions: ['alert-rule.change'], success: true },
    groupBy: 'actor',
    severity: 'high',
    threshold: 1,
    windowSeconds: hour,
  },
];

function signalRule(id: SignalRuleId, title: string, severity: AlertRule['severity']): RuleOfCode {
  return { id, title, kind: 'signal', match: {}, groupBy: 'none', severity, threshold: 1, windowSeconds: hour };
}

const signalRules: readonly RuleOfCode[] = [
  signalRule('log-verification-failed', 'The audit log does not verify', 'critical'),
  signalRule('witness-refused', 'The witness refuses the audit log', 'critical'),
  signalRule('witness-silent', 'The witness does not answer', 'high'),
  signalRule('dead-letter', 'An event could not be handled', 'high'),
  signalRule('service-silent', 'A service is not heard', 'high'),
  signalRule('unmasked-personal-data', 'Unmasked personal data was found', 'high'),
];

/** Every rule as it comes, by id. */
export const defaultRules: readonly AlertRule[] = [...eventRules, ...signalRules]
  .map((rule) => ({ ...rule, enabled: true, version: 0, changedBy: null, changedAt: null }))
  .toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** True for the rule that tells of changes of rules: whoever could change that one first could then change all others unseen. */
export function isUnchangeable(ruleId: string): boolean {
  return ruleId === 'monitoring-changed';
}

/** The newest change of a rule. */
export interface StoredRuleChange extends AlertRuleChange {
  readonly ruleId: string;
  readonly changedBy: string;
  /** ISO 8601. */
  readonly changedAt: string;
}

/** The rules in force. A change of a rule that the code no longer has is left out. */
export function rulesInForce(changes: readonly StoredRuleChange[]): readonly AlertRule[] {
  const changeOf = new Map(changes.map(({ ruleId, ...change }) => [ruleId, change]));
  return defaultRules.map((rule) => ({ ...rule, ...changeOf.get(rule.id) }));
}
