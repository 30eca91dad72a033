import type { GuardrailPreview, GuardrailRuleset, GuardrailVerdict } from '@todo-chatbot/contracts';
import type { Clock, PersonBoxes } from '@todo-chatbot/service-kit';
import type { Guard } from '../domain/judge.ts';
import { createChangeCounter, type PreviewVerdict, verdictUnder } from '../domain/preview.ts';
import type { ReviewStore } from '../ports/reviewStore.ts';
import type { ScoreStore } from '../ports/scoreStore.ts';
import { openKeptTexts } from './openKeptText.ts';

export type PreviewSettings = ReturnType<typeof createPreviewSettings>;

const spanMs = 30 * 86_400_000;
/** Judged within a tenth of a second, as messages are. */
const mostTexts = 500;
/** The longest texts may take longer; by then the rest goes by its scores, because the sidecar gives up after 3 s. */
const judgingLimitMs = 1_500;
/** Others' messages wait no longer than this and a text. */
const turnMs = 5;

/**
 * Tells what a ruleset would have made of the last 30 days: of kept texts by judging them again, of other decisions and of what was
 * allowed by their scores. A phrase is therefore seen in kept texts alone. What is opened stays in memory, and none of it is told.
 */
export function createPreviewSettings(options: {
  readonly guard: Pick<Guard, 'judge'>;
  readonly reviews: Pick<ReviewStore, 'keptTexts' | 'tallies'>;
  readonly scores: Pick<ScoreStore, 'since'>;
  readonly boxes: PersonBoxes;
  readonly clock: Clock;
}) {
  const { guard, reviews, scores, boxes, clock } = options;
  return async (ruleset: GuardrailRuleset): Promise<GuardrailPreview> => {
    const since = new Date(clock.now().getTime() - spanMs);
    const counter = createChangeCounter();
    const { newest, count: textsKept } = await reviews.keptTexts({ since, limit: mostTexts });
    const texts = await openKeptTexts(boxes, newest);
    const beganAtMs = performance.now();
    let turnEndsAtMs = beganAtMs + turnMs;
    let textsRead = 0;
    for (const [index, { ground }] of newest.entries()) {
      const text = performance.now() - beganAtMs < judgingLimitMs ? (texts[index] ?? null) : null;
      if (text !== null) textsRead += 1;
      const { direction } = ground;
      const to =
        text === null ? verdictUnder(ground, ruleset) : foreseen(guard.judge({ text, direction, ruleset }).verdict);
      counter.add(ground.verdict, to);
      if (performance.now() > turnEndsAtMs) {
        await othersTurn();
        turnEndsAtMs = performance.now() + turnMs;
      }
    }
    const textsFrom = newest.at(-1)?.decisionId ?? null;
    for (const { count, ...ground } of await reviews.tallies({ since, textsFrom })) {
      counter.add(ground.verdict, verdictUnder(ground, ruleset), count);
    }
    for (const direction of ['input', 'document'] as const) {
      for (const { hundredths, verdict, count } of await scores.since(since, direction)) {
        if (verdict !== 'allow') continue;
        counter.add('allow', verdictUnder({ direction, layer: null, reason: null, hundredths }, ruleset), count);
      }
    }
    return { changes: counter.changes(), textsRead, textsKept };
  };
}

const othersTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Masking is for replies alone; to a preview it would be as a warning. */
function foreseen(verdict: GuardrailVerdict): PreviewVerdict {
  return verdict === 'mask' ? 'warn' : verdict;
}
