import type { AlertRule, AlertRuleChange } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type RequestContext, type SignedInUser } from '@todo-chatbot/service-kit';
import { isUnchangeable } from '../domain/alertRules.ts';
import type { AlertRuleStore } from '../ports/alertStore.ts';
import type { LogWriter } from './logWriter.ts';
import { type Access, recordAccess } from './recordAccess.ts';

/** A change that somebody asks for. */
export interface AskedRuleChange {
  readonly id: string;
  readonly asked: AlertRuleChange;
  readonly user: SignedInUser;
  readonly context: RequestContext;
}

/**
 * Changes numbers of a rule, in force from the monitor's next round on. The entry says the old and the new ones; a refusal is an entry too.
 * @throws ProblemError `alert-rule.not-found`, `alert-rule.changed-meanwhile`; `access.permission-denied` for the rule that tells of
 * changes of rules.
 */
export function createChangeAlertRule(options: {
  readonly rules: AlertRuleStore;
  readonly writer: LogWriter;
  readonly clock: Clock;
}) {
  const { rules, writer, clock } = options;
  return async ({ id, asked, user, context }: AskedRuleChange): Promise<AlertRule> => {
    const before = (await rules.list()).find((rule) => rule.id === id);
    const access: Access = {
      context,
      action: 'alert-rule.change',
      category: 'administration',
      retentionClass: 'administration',
      object: { type: 'alert-rule', id },
      input: { ...namedAs('after', asked), ...(before && namedAs('before', before)) },
    };
    const refuse = async (reason: RefusalCode): Promise<never> => {
      await recordAccess(writer, { ...access, reason });
      throw new ProblemError(reason);
    };
    if (!before) return refuse('alert-rule.not-found');
    if (isUnchangeable(id)) return refuse('access.permission-denied');
    if (before.version !== asked.version) return refuse('alert-rule.changed-meanwhile');
    const change = {
      ...asked,
      version: asked.version + 1,
      changedBy: user.userId,
      changedAt: clock.now().toISOString(),
    };
    const outcome = await rules.change({ ...change, ruleId: id }, () => recordAccess(writer, access));
    return outcome === 'changed' ? { ...before, ...change } : refuse('alert-rule.changed-meanwhile');
  };
}

type RefusalCode = 'alert-rule.not-found' | 'alert-rule.changed-meanwhile' | 'access.permission-denied';

function namedAs(when: 'before' | 'after', numbers: AlertRuleChange): Access['input'] {
  return {
    [`${when}.enabled`]: numbers.enabled,
    [`${when}.severity`]: numbers.severity,
    [`${when}.threshold`]: numbers.threshold,
    [`${when}.windowSeconds`]: numbers.windowSeconds,
  };
}
