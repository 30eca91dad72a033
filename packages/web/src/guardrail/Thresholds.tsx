import { defaultGuardrailRuleset, type GuardrailThresholds } from '@todo-chatbot/contracts';
import { useId } from 'react';
import { boundsOf, type ThresholdDirection, type ThresholdKind, thresholdTitles, withThreshold } from './ruleset.ts';
import { scoreText } from './words.ts';

const explanations: Readonly<Record<ThresholdDirection, string>> = {
  input: 'What people write to the assistant.',
  document: 'Titles, lists and imported data, before a language model reads them.',
};

const effects: Readonly<Record<ThresholdKind, string>> = {
  warn: 'Warned of from',
  block: 'Refused from',
};

interface ThresholdsProps {
  readonly direction: ThresholdDirection;
  readonly thresholds: GuardrailThresholds;
  /** Undefined: to be looked at only. */
  readonly onChange: ((thresholds: GuardrailThresholds) => void) | undefined;
}

/** The scores from which on texts of a kind are warned of and refused. */
export function Thresholds({ direction, thresholds, onChange }: ThresholdsProps) {
  return (
    <fieldset className="thresholds">
      <legend>{thresholdTitles[direction]}</legend>
      <p className="hint">{explanations[direction]}</p>
      {(['warn', 'block'] as const).map((kind) => (
        <Threshold
          key={kind}
          kind={kind}
          score={thresholds[kind]}
          usual={defaultGuardrailRuleset[direction][kind]}
          onChange={onChange && ((score) => onChange(withThreshold(thresholds, kind, score)))}
        />
      ))}
    </fieldset>
  );
}

interface ThresholdProps {
  readonly kind: ThresholdKind;
  readonly score: number;
  /** As the product comes. */
  readonly usual: number;
  readonly onChange: ((score: number) => void) | undefined;
}

function Threshold({ kind, score, usual, onChange }: ThresholdProps) {
  const id = useId();
  const meaning = meaningOf(score, usual);
  if (onChange === undefined) {
    return (
      <p>
        {effects[kind]} <strong>{scoreText(score)}</strong> <span className="hint">{meaning}</span>
      </p>
    );
  }
  return (
    <div className="threshold">
      <label htmlFor={id}>{effects[kind]}</label>
      <output htmlFor={id}>{scoreText(score)}</output>
      <input
        id={id}
        type="range"
        {...boundsOf(kind)}
        step={0.01}
        value={score}
        aria-valuetext={`${scoreText(score)}. ${meaning}`}
        onChange={({ target }) => onChange(Number(target.value))}
      />
      <small className="hint">{meaning}</small>
    </div>
  );
}

/** What a threshold means for people, against the one that the product was measured with. */
function meaningOf(score: number, usual: number): string {
  if (score === usual) return 'As the product comes.';
  return score < usual
    ? `Stricter than usual (${scoreText(usual)}): catches more attacks, and more harmless texts.`
    : `Laxer than usual (${scoreText(usual)}): troubles fewer people, and misses more attacks.`;
}
