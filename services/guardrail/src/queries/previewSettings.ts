import type { GuardrailPreview, GuardrailRuleset, GuardrailVerdict } from '@todo-chatbot/contracts';
import { type Clock, type PersonBoxes, ProblemError } from '@todo-chatbot/service-kit';
import type { Guard } from '../domain/judge.ts';
import { createChangeCounter, type PreviewVerdict, verdictUnder } from '../domain/preview.ts';
import type { KeptDecision, ReviewStore } from '../ports/reviewStore.ts';
import type { ScoreStore } from '../ports/scoreStore.ts';
import { openKeptTexts } from './openKeptText.ts';

export type PreviewSettings = ReturnType<typeof createPreviewSettings>;

const spanMs = 30 * 86_400_000;
/** Judged within a tenth of a second, as messages are. */
const mostTexts = 500;
/** Slow keys or the longest texts may take longer; by then the rest goes by its scores, because the sidecar gives up after 3 s. */
const readingLimitMs = 1_500;
/** Texts that are open in memory at the same time. */
const batchSize = 20;
/** About what a preview takes. */
const retryAfterSeconds = 2;
/** Others' messages wait no longer than this and a text. */
const turnMs = 5;

/**
 * Tells what a ruleset would have made of the last 30 days: of kept texts by judging them again, of other decisions and of what was
 * allowed by their scores. A phrase is therefore seen in kept texts alone. What is opened stays in memory, and none of it is told.
 * One at a time: many at once would take so many turns that messages wait for longer than the gateway does.
 * @throws ProblemError `request.rate-limited` while another one is made
 */
export function createPreviewSettings(options: {
  readonly guard: Pick<Guard, 'judge'>;
  readonly reviews: Pick<ReviewStore, 'keptTexts' | 'tallies'>;
  readonly scores: Pick<ScoreStore, 'since'>;
  readonly boxes: PersonBoxes;
  readonly clock: Clock;
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsedMs?: () => number;
}) {
  const { guard, reviews, scores, boxes, clock, elapsedMs = () => performance.now() } = options;
  let isBusy = false;

  /** Judges kept texts again, until the time is over; gives how many it read. */
  async function judgeKept(
    kept: readonly KeptDecision[],
    ruleset: GuardrailRuleset,
    add: (from: PreviewVerdict, to: PreviewVerdict) => void,
  ): Promise<number> {
    const endsAtMs = elapsedMs() + readingLimitMs;
    let turnEndsAtMs = elapsedMs() + turnMs;
    let textsRead = 0;
    for (let from = 0; from < kept.length; from += batchSize) {
      const batch = kept.slice(from, from + batchSize);
      const texts = elapsedMs() < endsAtMs ? await openKeptTexts(boxes, batch) : [];
      for (const [index, { ground }] of batch.entries()) {
        const text = elapsedMs() < endsAtMs ? (texts[index] ?? null) : null;
        if (text !== null) textsRead += 1;
        const { direction } = ground;
        const to =
          text === null ? verdictUnder(ground, ruleset) : foreseen(guard.judge({ text, direction, ruleset }).verdict);
        add(ground.verdict, to);
        if (elapsedMs() > turnEndsAtMs) {
          await othersTurn();
          turnEndsAtMs = elapsedMs() + turnMs;
        }
      }
    }
    return textsRead;
  }

  async function preview(ruleset: GuardrailRuleset): Promise<GuardrailPreview> {
    const since = new Date(clock.now().getTime() - spanMs);
    const counter = createChangeCounter();
    const { newest, count: textsKept } = await reviews.keptTexts({ since, limit: mostTexts });
    const textsRead = await judgeKept(newest, ruleset, counter.add);
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
  }

  return async (ruleset: GuardrailRuleset): Promise<GuardrailPreview> => {
    if (isBusy) {
      throw new ProblemError('request.rate-limited', { detail: 'Another preview is being made.', retryAfterSeconds });
    }
    isBusy = true;
    try {
      return await preview(ruleset);
    } finally {
      isBusy = false;
    }
  };
}

const othersTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Masking is for replies alone; to a preview it would be as a warning. */
function foreseen(verdict: GuardrailVerdict): PreviewVerdict {
  return verdict === 'mask' ? 'warn' : verdict;
}
