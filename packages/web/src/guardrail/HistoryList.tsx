import { useQuery } from '@tanstack/react-query';
import { defaultGuardrailRuleset, type GuardrailSettings } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { historyQuery } from './guardrail.ts';
import { changesBetween } from './ruleset.ts';

/** Who changed the settings when, and what; read when it is opened. */
export function HistoryList() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="manage" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>History</summary>
      {isOpen && <Versions />}
    </details>
  );
}

function Versions() {
  const history = useQuery(historyQuery);
  const versions = history.data ?? [];
  return (
    <>
      {history.isPending && <p role="status">Loading the versions…</p>}
      {history.isError && <Notice tone="error">{history.error.message}</Notice>}
      {history.isSuccess && versions.length === 0 && <p>Nobody has changed the settings yet.</p>}
      <ul className="rows" aria-label="Versions">
        {versions.map((settings, index) => (
          <Version key={settings.version} settings={settings} before={versions[index + 1]} />
        ))}
      </ul>
    </>
  );
}

function Version({ settings, before }: { settings: GuardrailSettings; before: GuardrailSettings | undefined }) {
  const { version, ruleset, changedAt, changedBy } = settings;
  return (
    <li className="row">
      <div className="row-text">
        <p className="row-title">Version {version}</p>
        <p className="hint">
          {changedAt === null ? 'The settings that the product came with' : `${momentText(changedAt)}, by ${changedBy}`}
        </p>
        <ul className="changes">
          {changesSince(before, { version, ruleset }).map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </div>
    </li>
  );
}

/** The oldest version of a long history has none before it to be compared with. */
function changesSince(
  before: GuardrailSettings | undefined,
  { version, ruleset }: Pick<GuardrailSettings, 'version' | 'ruleset'>,
): readonly string[] {
  if (before !== undefined) return changesBetween(before.ruleset, ruleset);
  return version <= 1 ? changesBetween(defaultGuardrailRuleset, ruleset) : [];
}
