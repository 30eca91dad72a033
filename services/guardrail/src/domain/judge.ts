import {
  defaultGuardrailRuleset,
  type GuardrailDirection,
  type GuardrailLayer,
  type GuardrailRuleset,
  type GuardrailVerdict,
  guardrailMask,
  type ReplyContext,
} from '@todo-chatbot/contracts';
import { createClassifierLayer } from './classifier/classifierLayer.ts';
import { createLearnedScore } from './classifier/learnedScore.ts';
import type { Model } from './classifier/model.ts';
import { withSecondOpinion } from './classifier/secondOpinion.ts';
import { type Finding, type Layer, type Read, type Span, type Subject, subjectOf } from './layer.ts';
import { lengthLayer } from './length.ts';
import { unicodeLayer } from './reading/unicode.ts';
import { internalLayer } from './reply/internal.ts';
import { leakLayer } from './reply/leak.ts';
import { linkLayer } from './reply/link.ts';
import { personalLayer } from './reply/personal.ts';
import { secretLayer } from './reply/secret.ts';
import { customLayer } from './rules/custom.ts';
import { patternLayer } from './rules/pattern.ts';

/** Changes with every change of what is blocked, so that a decision tells by which rules it was made. */
export const ruleVersion = '2026-11-26.4';

/** A text and how to judge it. */
export interface ToJudge {
  readonly text: string;
  readonly direction: GuardrailDirection;
  readonly ruleset?: GuardrailRuleset;
  readonly context?: ReplyContext | undefined;
}

const noContext: ReplyContext = { instructions: null, known: [] };

/** What the layers say together. */
export interface Verdict {
  readonly verdict: GuardrailVerdict;
  /** The layer of the gravest finding. */
  readonly layer: GuardrailLayer | null;
  readonly reason: string | null;
  /** 0 (harmless) to 1 (attack). */
  readonly score: number;
  readonly ruleVersion: string;
  /** The reply without the masked pieces, when the verdict is `mask`. */
  readonly masked: string | null;
}

/** A finding and who has it. */
export interface LayerFinding extends Finding {
  readonly layer: GuardrailLayer;
}

/** Judges texts. Pure. */
export interface Guard {
  /** The layers in the order in which they judge. */
  readonly layers: readonly Layer[];
  /** What becomes of the text. An attack ends the judgement, so that it cannot make the later layers work. */
  judge(toJudge: ToJudge): Verdict;
  /** The verdict with what every layer says. */
  examine(
    toJudge: ToJudge,
  ): Verdict & { readonly findings: readonly LayerFinding[]; readonly readings: readonly string[] };
}

/** The walls, with the given way of reading and what was learned. */
export function createGuard({ read, model }: { readonly read: Read; readonly model: Model }): Guard {
  const learnedScore = createLearnedScore(model);
  const layers: readonly Layer[] = [
    lengthLayer,
    unicodeLayer,
    withSecondOpinion(patternLayer, learnedScore),
    customLayer,
    createClassifierLayer(learnedScore),
    leakLayer,
    secretLayer,
    internalLayer,
    personalLayer,
    linkLayer,
  ];

  const subjectIn = ({ text, direction, ruleset = defaultGuardrailRuleset, context = noContext }: ToJudge) =>
    subjectOf({ text, direction, ruleset, context }, read);

  function findingsOn(subject: Subject, { isExhaustive }: { readonly isExhaustive: boolean }): LayerFinding[] {
    const { direction, ruleset } = subject;
    const findings: LayerFinding[] = [];
    for (const layer of layers) {
      const finding = layer.directions.includes(direction) ? layer.judge(subject) : null;
      if (finding === null) continue;
      findings.push({ layer: layer.name, ...finding });
      if (!isExhaustive && verdictOn(finding, direction, ruleset) === 'block') break;
    }
    return findings;
  }

  return {
    layers,
    judge(toJudge) {
      const subject = subjectIn(toJudge);
      return verdictOf(subject, findingsOn(subject, { isExhaustive: false }));
    },
    examine(toJudge) {
      const subject = subjectIn(toJudge);
      const findings = findingsOn(subject, { isExhaustive: true });
      return { ...verdictOf(subject, findings), findings, readings: subject.readings().map(({ text }) => text) };
    },
  };
}

/** What follows from the findings on a text. */
function verdictOf({ text, direction, ruleset }: Subject, findings: readonly LayerFinding[]): Verdict {
  const rank = (finding: Finding) => guardrailRank[verdictOn(finding, direction, ruleset)];
  const [gravest] = findings.toSorted((a, b) => rank(b) - rank(a) || b.score - a.score);
  if (gravest === undefined) {
    return { verdict: 'allow', layer: null, reason: null, score: 0, ruleVersion, masked: null };
  }
  const verdict = verdictOn(gravest, direction, ruleset);
  const { layer, reason, score } = gravest;
  if (verdict === 'allow') return { verdict, layer: null, reason: null, score, ruleVersion, masked: null };
  const masked =
    verdict === 'mask'
      ? withoutSpans(
          text,
          findings.flatMap(({ masks }) => masks ?? []),
        )
      : null;
  return { verdict, layer, reason, score, ruleVersion, masked };
}

const guardrailRank: Readonly<Record<GuardrailVerdict, number>> = { allow: 0, warn: 1, mask: 2, block: 3 };

function verdictOn(
  { score, masks }: Finding,
  direction: GuardrailDirection,
  ruleset: GuardrailRuleset,
): GuardrailVerdict {
  if (direction === 'output') return masks === undefined ? 'block' : 'mask';
  const { warn, block } = ruleset[direction];
  if (score >= block) return 'block';
  return score >= warn ? 'warn' : 'allow';
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let masked = '';
  let position = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start >= position) masked += text.slice(position, start) + guardrailMask;
    position = Math.max(position, end);
  }
  return masked + text.slice(position);
}
