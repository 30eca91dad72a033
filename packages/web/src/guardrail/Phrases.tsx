import { type CustomPattern, customPatternsLimit, type GuardrailRuleset } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { type PatternFaults, readPattern } from './readPattern.ts';
import { withoutPattern, withPattern } from './ruleset.ts';
import { verdictWords } from './words.ts';

interface PhrasesProps {
  readonly ruleset: GuardrailRuleset;
  /** Undefined: to be looked at only. */
  readonly onChange: ((ruleset: GuardrailRuleset) => void) | undefined;
}

/** The phrases that are looked for besides what the product knows. */
export function Phrases({ ruleset, onChange }: PhrasesProps) {
  /** The name of the phrase that is edited; `null`: a new one; undefined: none. */
  const [edited, setEdited] = useState<string | null>();
  const { customPatterns } = ruleset;
  const keep = (pattern: CustomPattern) => {
    onChange?.(withPattern(ruleset, pattern, edited ?? undefined));
    setEdited(undefined);
  };
  const namesBut = (name?: string) => customPatterns.map((one) => one.name).filter((one) => one !== name);
  return (
    <section className="phrases" aria-labelledby="phrases-title">
      <h4 id="phrases-title">Own phrases</h4>
      {customPatterns.length === 0 && <p className="hint">None yet.</p>}
      <ul className="rows" aria-label="Own phrases">
        {customPatterns.map((pattern) =>
          edited === pattern.name ? (
            <li key={pattern.name} className="row">
              <PhraseForm
                pattern={pattern}
                taken={namesBut(pattern.name)}
                onKeep={keep}
                onCancel={() => setEdited(undefined)}
              />
            </li>
          ) : (
            <PhraseRow
              key={pattern.name}
              pattern={pattern}
              onEdit={onChange && (() => setEdited(pattern.name))}
              onRemove={onChange && (() => onChange(withoutPattern(ruleset, pattern.name)))}
            />
          ),
        )}
      </ul>
      {edited === null && <PhraseForm taken={namesBut()} onKeep={keep} onCancel={() => setEdited(undefined)} />}
      {onChange && edited === undefined && customPatterns.length < customPatternsLimit && (
        <div className="buttons">
          <button type="button" className="button" onClick={() => setEdited(null)}>
            Add a phrase
          </button>
        </div>
      )}
    </section>
  );
}

interface PhraseRowProps {
  readonly pattern: CustomPattern;
  readonly onEdit: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}

function PhraseRow({ pattern: { name, phrase, action }, onEdit, onRemove }: PhraseRowProps) {
  const about = <span className="visually-hidden"> phrase {name}</span>;
  return (
    <li className="row">
      <div className="row-text">
        <p className="row-title">
          <span className={action === 'block' ? 'badge badge-bad' : 'badge'}>{verdictWords[action]}</span> {name}
        </p>
        <p className="hint">
          <code>{phrase}</code>
        </p>
      </div>
      {onEdit && onRemove && (
        <div className="buttons">
          <button type="button" className="button" onClick={onEdit}>
            Edit{about}
          </button>
          <button type="button" className="button" onClick={onRemove}>
            Remove{about}
          </button>
        </div>
      )}
    </li>
  );
}

interface PhraseFormProps {
  /** Undefined: a new one. */
  readonly pattern?: CustomPattern;
  /** Names of the other phrases. */
  readonly taken: readonly string[];
  readonly onKeep: (pattern: CustomPattern) => void;
  readonly onCancel: () => void;
}

function PhraseForm({ pattern, taken, onKeep, onCancel }: PhraseFormProps) {
  const [faults, setFaults] = useState<PatternFaults>({});
  const keep = (text: (name: string) => string) => {
    const read = readPattern(text, taken);
    if ('pattern' in read) onKeep(read.pattern);
    else setFaults(read.faults);
  };
  return (
    <section className="rule-form" aria-label="Phrase">
      <ActionForm
        action={pattern === undefined ? 'Add to the draft' : 'Change in the draft'}
        isBusy={false}
        error={null}
        onSubmit={keep}
        aside={
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
        }
      >
        <Field
          name="name"
          label="Name"
          maxLength={50}
          defaultValue={pattern?.name ?? ''}
          fault={faults.name}
          hint="Lower-case words joined by hyphens, such as “secret-protocol”. It is the reason that decisions show."
        />
        <Field
          name="phrase"
          label="Phrase"
          maxLength={200}
          defaultValue={pattern?.phrase ?? ''}
          fault={faults.phrase}
          hint={
            <>
              Words of one sentence, with spaces between. <code>*</code> alone stands for up to five words, at the end
              of a word for any ending: <code>ignor* * protocol</code> finds “ignoring the whole protocol”. Case,
              accents and disguises make no difference.
            </>
          }
        />
        <Choice
          name="action"
          label="What becomes of a text with it"
          options={[
            ['block', 'It is refused'],
            ['warn', 'It is warned of'],
          ]}
          defaultValue={pattern?.action ?? 'block'}
        />
      </ActionForm>
    </section>
  );
}
