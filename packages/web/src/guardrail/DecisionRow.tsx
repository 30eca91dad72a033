import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type GuardrailDecision, type GuardrailFeedbackLabel, guardrailFeedbackLabels } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { type DecisionPages, decisionsKey, labelDecision, withDecision } from './guardrail.ts';
import { TextDialog } from './TextDialog.tsx';
import { directionWords, labelWords, layerWords, reasonText, scoreText, verdictWords } from './words.ts';

/** One decision: what and why, whose, when; a reviewer opens its text where it is kept, and says what it was. */
export function DecisionRow({ decision, canReview }: { decision: GuardrailDecision; canReview: boolean }) {
  const { verdict, layer, score, direction, textLength, isTextKept, personLabel, reviewLabel } = decision;
  const reason = reasonText(decision);
  return (
    <li className="row" data-decision={decision.id}>
      <div className="row-text">
        <p className="row-title">
          <span className={verdict === 'block' ? 'badge badge-bad' : 'badge'}>{verdictWords[verdict]}</span> {reason}
        </p>
        <p className="hint">
          {layerWords[layer]}, score {scoreText(score)}. {directionWords[direction]}, {textLength} characters.
        </p>
        <p className="hint">
          {momentText(decision.createdAt)}, {decision.userId}
        </p>
        <p className="decision-badges">
          {isTextKept && <span className="badge">Text kept</span>}
          {personLabel !== null && (
            <span className="badge">The person says: {labelWords[personLabel].toLowerCase()}</span>
          )}
          {reviewLabel !== null && (
            <span className="badge badge-good">Reviewed: {labelWords[reviewLabel].toLowerCase()}</span>
          )}
        </p>
      </div>
      {canReview && <Review decision={decision} about={`${reason}, ${momentText(decision.createdAt)}`} />}
    </li>
  );
}

function Review({ decision, about }: { decision: GuardrailDecision; about: string }) {
  const queryClient = useQueryClient();
  const [isShown, setIsShown] = useState(false);
  const label = useMutation({
    mutationFn: (chosen: GuardrailFeedbackLabel) => labelDecision(decision.id, chosen),
    onSuccess: (reviewed) =>
      queryClient.setQueriesData<DecisionPages>({ queryKey: decisionsKey }, (pages) => withDecision(pages, reviewed)),
  });
  const hidden = <span className="visually-hidden">: {about}</span>;
  return (
    <div className="buttons">
      {decision.isTextKept && (
        <button type="button" className="button" onClick={() => setIsShown(true)}>
          Show text{hidden}
        </button>
      )}
      {guardrailFeedbackLabels.map((one) => (
        <button
          key={one}
          type="button"
          className="button"
          aria-pressed={decision.reviewLabel === one}
          onClick={() => label.mutate(one)}
          disabled={label.isPending}
        >
          {labelWords[one]}
          {hidden}
        </button>
      ))}
      {label.isError && <Notice tone="error">{label.error.message}</Notice>}
      {isShown && <TextDialog id={decision.id} onClose={() => setIsShown(false)} />}
    </div>
  );
}
