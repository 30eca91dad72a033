import { useMutation } from '@tanstack/react-query';
import {
  type GuardrailRuleset,
  type GuardrailTrial,
  guardrailDirections,
  guardrailTextLimit,
} from '@todo-chatbot/contracts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Choice } from '../ui/Choice.tsx';
import { LongField } from '../ui/LongField.tsx';
import { tryText } from './guardrail.ts';
import { visibleText } from './visibleText.ts';
import { directionWords, layerWords, reasonText, scoreText, verdictText, verdictWords } from './words.ts';

/** What would become of a text, by the settings in force or by those that are not saved yet. */
export function TrialCard({ unsaved }: { unsaved: GuardrailRuleset | undefined }) {
  const trial = useMutation({ mutationFn: tryText });
  return (
    <section className="card subject wide" aria-labelledby="trial-title">
      <h3 id="trial-title">Try a text</h3>
      <p className="hint">Nothing of it is kept, and nobody is told.</p>
      <ActionForm
        action="Judge it"
        isBusy={trial.isPending}
        error={trial.error}
        onSubmit={(text) =>
          trial.mutate({
            direction: guardrailDirections.find((one) => one === text('direction')) ?? 'input',
            text: text('text'),
            ...(unsaved !== undefined && text('isUnsaved') === 'on' ? { ruleset: unsaved } : {}),
          })
        }
      >
        <Choice
          name="direction"
          label="What it is"
          options={guardrailDirections.map((one) => [one, directionWords[one]])}
          defaultValue="input"
        />
        <LongField name="text" label="Text" maxLength={guardrailTextLimit} />
        {unsaved !== undefined && (
          <label className="option">
            <input type="checkbox" name="isUnsaved" defaultChecked />
            By the settings that are not saved yet
          </label>
        )}
      </ActionForm>
      {trial.data && <TrialOutcome trial={trial.data} />}
    </section>
  );
}

function TrialOutcome({ trial: { verdict, score, findings, masked, readings } }: { trial: GuardrailTrial }) {
  // The first is the text itself: of interest is only what else it may be read as.
  const disguises = readings.slice(1);
  return (
    <div className="trial" role="status">
      <p>
        <span className={verdict === 'block' ? 'badge badge-bad' : 'badge'}>{verdictWords[verdict]}</span>{' '}
        {verdictText[verdict]} Score {scoreText(score)}.
      </p>
      {findings.length === 0 && <p>No layer finds anything in it.</p>}
      <ul className="rows" aria-label="Findings">
        {findings.map((finding) => (
          <li key={finding.layer} className="row">
            <p className="row-text">
              <strong>{layerWords[finding.layer]}</strong>: {reasonText(finding)}
            </p>
            <span className="badge">{scoreText(finding.score)}</span>
          </li>
        ))}
      </ul>
      {masked !== null && <Shown title="What would be sent" texts={[masked]} />}
      {disguises.length > 0 && <Shown title="What it may also be read as" texts={disguises} />}
    </div>
  );
}

function Shown({ title, texts }: { title: string; texts: readonly string[] }) {
  return (
    <>
      <h4>{title}</h4>
      <ul aria-label={title}>
        {[...new Set(texts)].map((text) => (
          <li key={text} className="kept-text">
            {visibleText(text)}
          </li>
        ))}
      </ul>
    </>
  );
}
