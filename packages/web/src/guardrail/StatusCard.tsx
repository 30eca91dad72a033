import { useQuery } from '@tanstack/react-query';
import type { GuardrailStatus } from '@todo-chatbot/contracts';
import { Notice } from '../ui/Notice.tsx';
import { statusQuery } from './guardrail.ts';

/** Which model judges, how one on trial does, and whether messages are still those that the model was made for. */
export function StatusCard() {
  const status = useQuery(statusQuery);
  return (
    <section className="card subject wide" aria-labelledby="guard-status-title">
      <h3 id="guard-status-title">Status</h3>
      {status.isPending && <p role="status">Loading the status…</p>}
      {status.isError && <Notice tone="error">{status.error.message}</Notice>}
      {status.data && <StatusFacts status={status.data} />}
    </section>
  );
}

function StatusFacts({ status: { ruleVersion, modelVersion, shadow, drift } }: { status: GuardrailStatus }) {
  return (
    <dl className="facts">
      <Fact name="Judging">
        Rules {ruleVersion}, model {modelVersion}
      </Fact>
      <Fact name="On trial">{shadow === null ? 'No other model' : shadowText(shadow)}</Fact>
      <Fact name="Messages">{driftText(drift)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="facts-pair">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function shadowText({ modelVersion, judged, disagreed }: NonNullable<GuardrailStatus['shadow']>): string {
  if (judged === 0) return `Model ${modelVersion}, which has judged nothing yet`;
  const agreed = (100 * (judged - disagreed)) / judged;
  // Rounded down: only no disagreement at all is 100 %.
  const share = Math.floor(agreed * 10) / 10;
  return `Model ${modelVersion} agrees on ${share} % of ${countText(judged)} texts; it decides nothing`;
}

/** Below it, the population is commonly taken for unchanged. */
const slightDrift = 0.1;

function driftText({ index, judged, leastJudged, limit }: GuardrailStatus['drift']): string {
  if (index === null) {
    return `${countText(judged)} in the last day; from ${countText(leastJudged)} on, they are compared with those of the training`;
  }
  const measure = `(drift ${index.toFixed(2)}, alert above ${limit})`;
  if (index > limit) {
    return `The ${countText(judged)} of the last day are unlike those of the training, so the model may be wrong more often ${measure}`;
  }
  const likeness = index > slightDrift ? 'differ a little from' : 'are like';
  return `The ${countText(judged)} of the last day ${likeness} those of the training ${measure}`;
}

function countText(count: number): string {
  return count.toLocaleString('en');
}
