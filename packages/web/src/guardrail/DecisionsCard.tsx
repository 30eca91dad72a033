import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { guardrailLayers } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { byCursor } from '../api/byCursor.ts';
import { Choice } from '../ui/Choice.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ShowMore } from '../ui/ShowMore.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { DecisionRow } from './DecisionRow.tsx';
import { readEvaluation } from './evaluationFile.ts';
import { type DecisionChoice, decisionsKey, loadDecisions, loadEvaluation } from './guardrail.ts';
import { layerWords, verdictWords } from './words.ts';

const verdicts = ['warn', 'mask', 'block'] as const;
const any = ['', 'Any'] as const;

/** What was decided on texts that did not simply go through, and what people say of it. */
export function DecisionsCard({ canReview }: { canReview: boolean }) {
  const [choice, setChoice] = useState<DecisionChoice>({ verdict: undefined, layer: undefined, isDisputed: false });
  const decisions = useInfiniteQuery({
    queryKey: [...decisionsKey, choice],
    queryFn: ({ pageParam }) => loadDecisions(choice, pageParam),
    ...byCursor,
    // Each look is an entry of the log: only the person asks for one.
    refetchOnWindowFocus: false,
  });
  const found = decisions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card subject wide" aria-labelledby="decisions-title">
      <h3 id="decisions-title">Decisions</h3>
      <p className="hint">
        Texts that did not simply go through, newest first. The texts themselves are kept only of people who agreed to
        it.
      </p>
      <div className="search">
        <Choice
          name="verdict"
          label="Verdict"
          options={[any, ...verdicts.map((one) => [one, verdictWords[one]] as const)]}
          onChange={(value) => setChoice({ ...choice, verdict: verdicts.find((one) => one === value) })}
        />
        <Choice
          name="layer"
          label="Found by"
          options={[any, ...guardrailLayers.map((one) => [one, layerWords[one]] as const)]}
          onChange={(value) => setChoice({ ...choice, layer: guardrailLayers.find((one) => one === value) })}
        />
        <Choice
          name="review"
          label="Review"
          options={[any, ['disputed', 'Disputed, not reviewed']]}
          onChange={(value) => setChoice({ ...choice, isDisputed: value === 'disputed' })}
        />
      </div>
      {decisions.isPending && <p role="status">Loading decisions…</p>}
      {decisions.isError && <Notice tone="error">{decisions.error.message}</Notice>}
      {decisions.isSuccess && found.length === 0 && (
        <p role="status">{choice.isDisputed ? 'Nothing waits for a review.' : 'No such decisions.'}</p>
      )}
      <ul className="rows" aria-label="Decisions">
        {found.map((decision) => (
          <DecisionRow key={decision.id} decision={decision} canReview={canReview} />
        ))}
      </ul>
      <ShowMore pages={decisions} />
      {canReview && <EvaluationFile />}
    </section>
  );
}

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

/** The reviewed texts, for training and measuring. */
function EvaluationFile() {
  const save = useMutation({
    mutationFn: async () => {
      const { lines, content } = await readEvaluation({ load: loadEvaluation, wait: pause });
      saveFile('guardrail-evaluation.jsonl', 'application/x-ndjson', content);
      return lines;
    },
  });
  return (
    <>
      <div className="buttons">
        <button type="button" className="button" onClick={() => save.mutate()} disabled={save.isPending}>
          {save.isPending ? 'One moment…' : 'Download the evaluation file'}
        </button>
        <p className="hint">Every kept text with its label, as JSON Lines. The download is recorded.</p>
      </div>
      {save.isSuccess && (
        <Notice tone="info">
          {save.data === 1 ? 'The file holds one text.' : `The file holds ${save.data} texts.`}
        </Notice>
      )}
      {save.isError && <Notice tone="error">{save.error.message}</Notice>}
    </>
  );
}
