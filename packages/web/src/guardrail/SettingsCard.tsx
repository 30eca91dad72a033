import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GuardrailRuleset, GuardrailSettings } from '@todo-chatbot/contracts';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { historyQuery, previewSettings, saveSettings, settingsQuery } from './guardrail.ts';
import { HistoryList } from './HistoryList.tsx';
import { Phrases } from './Phrases.tsx';
import { PreviewOutcome } from './PreviewOutcome.tsx';
import { changesBetween, thresholdDirections } from './ruleset.ts';
import { Thresholds } from './Thresholds.tsx';

/** Settings that are not saved yet. */
export interface Draft {
  /** The settings in force from which it was made. */
  readonly base: GuardrailSettings;
  readonly ruleset: GuardrailRuleset;
}

interface SettingsCardProps {
  readonly draft: Draft | null;
  readonly onDraft: (draft: Draft | null) => void;
  readonly canChange: boolean;
}

/** The settings in force; an editor drafts others, sees what they would have done, and then saves them. */
export function SettingsCard({ draft, onDraft, canChange }: SettingsCardProps) {
  const settings = useQuery(settingsQuery);
  const inForce = settings.data;
  const shown = draft?.ruleset ?? inForce?.ruleset;
  const edit = (ruleset: GuardrailRuleset) => {
    const base = draft?.base ?? inForce;
    if (base !== undefined) onDraft(changesBetween(base.ruleset, ruleset).length === 0 ? null : { base, ruleset });
  };
  return (
    <section className="card subject wide" aria-labelledby="guard-settings-title">
      <h3 id="guard-settings-title">Settings</h3>
      <p className="hint">
        Each text gets a score from 0, harmless, to 1, an attack. From which score on something is done, and which
        phrases are looked for besides, is set here.
      </p>
      {settings.isPending && <p role="status">Loading the settings…</p>}
      {settings.isError && <Notice tone="error">{settings.error.message}</Notice>}
      {inForce && (
        <p className="hint" role="status">
          {inForceText(inForce)}
        </p>
      )}
      {shown && (
        <>
          <div className="threshold-groups">
            {thresholdDirections.map((direction) => (
              <Thresholds
                key={direction}
                direction={direction}
                thresholds={shown[direction]}
                onChange={canChange ? (thresholds) => edit({ ...shown, [direction]: thresholds }) : undefined}
              />
            ))}
          </div>
          <Phrases ruleset={shown} onChange={canChange ? edit : undefined} />
        </>
      )}
      {draft !== null && inForce && <DraftActions draft={draft} inForce={inForce} onDraft={onDraft} />}
      <HistoryList />
    </section>
  );
}

function inForceText({ version, changedAt, changedBy }: GuardrailSettings): string {
  if (changedAt === null) return 'In force: the settings that the product came with.';
  return `In force: version ${version}, of ${momentText(changedAt)}, by ${changedBy}.`;
}

interface DraftActionsProps {
  readonly draft: Draft;
  readonly inForce: GuardrailSettings;
  readonly onDraft: (draft: Draft | null) => void;
}

function DraftActions(props: DraftActionsProps) {
  const { draft, inForce } = props;
  return (
    <section className="rule-form preview" aria-label="Unsaved changes">
      <h4>Not saved yet</h4>
      <ul className="changes">
        {changesBetween(draft.base.ruleset, draft.ruleset).map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
      {inForce.version === draft.base.version ? <PreviewAndSave {...props} /> : <Conflict {...props} />}
    </section>
  );
}

/** The preview comes first: only what was previewed as it is can be saved. */
function PreviewAndSave({ draft: { base, ruleset }, onDraft }: DraftActionsProps) {
  const queryClient = useQueryClient();
  const preview = useMutation({ mutationFn: previewSettings });
  const save = useMutation({
    mutationFn: () => saveSettings({ version: base.version, ruleset }),
    onSuccess: (saved) => {
      // Not read again: a replica that has not seen it yet would answer with what was.
      queryClient.setQueryData(settingsQuery.queryKey, saved);
      onDraft(null);
      return queryClient.invalidateQueries({ queryKey: historyQuery.queryKey });
    },
    onError: () => queryClient.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  });
  const previewed = preview.variables === ruleset ? preview.data : undefined;
  return (
    <>
      {previewed && <PreviewOutcome preview={previewed} />}
      {preview.isError && <Notice tone="error">{preview.error.message}</Notice>}
      {save.isError && <Notice tone="error">{save.error.message}</Notice>}
      <div className="buttons">
        <button
          type="button"
          className={previewed === undefined ? 'button button-main' : 'button'}
          onClick={() => preview.mutate(ruleset)}
          disabled={preview.isPending}
        >
          {preview.isPending ? 'One moment…' : 'Preview'}
        </button>
        {previewed !== undefined && (
          <button type="button" className="button button-main" onClick={() => save.mutate()} disabled={save.isPending}>
            {save.isPending ? 'One moment…' : 'Save the settings'}
          </button>
        )}
        <button type="button" className="button" onClick={() => onDraft(null)}>
          Discard
        </button>
      </div>
    </>
  );
}

/** Somebody else saved meanwhile: what they changed, and the choice between the two. */
function Conflict({ draft: { base, ruleset }, inForce, onDraft }: DraftActionsProps) {
  const theirs = changesBetween(base.ruleset, inForce.ruleset);
  return (
    <>
      <Notice tone="error">
        Changed meanwhile by {inForce.changedBy ?? 'the product'}
        {inForce.changedAt !== null && `, ${momentText(inForce.changedAt)}`}: {theirs.join('; ') || 'and changed back'}.
        Nothing of yours is saved.
      </Notice>
      <div className="buttons">
        <button type="button" className="button" onClick={() => onDraft({ base: inForce, ruleset })}>
          Go on with mine instead
        </button>
        <button type="button" className="button" onClick={() => onDraft(null)}>
          Take theirs
        </button>
      </div>
    </>
  );
}
