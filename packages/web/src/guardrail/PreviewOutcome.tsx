import type { GuardrailPreview } from '@todo-chatbot/contracts';

type Change = GuardrailPreview['changes'][number];

/** What other settings would have done to the texts of the last 30 days. */
export function PreviewOutcome({ preview: { changes, textsRead, textsKept } }: { preview: GuardrailPreview }) {
  const different = changes.filter(({ from, to, count }) => from !== to && count > 0);
  const total = different.reduce((sum, { count }) => sum + count, 0);
  return (
    <div role="status">
      <p>
        {total === 0
          ? 'With these settings, no text of the last 30 days would have been judged otherwise.'
          : `With these settings, ${textsText(total)} of the last 30 days would have been judged otherwise:`}
      </p>
      <ul className="changes">
        {different.map(({ from, to, count }) => (
          <li key={`${from} ${to}`}>
            {past[from]}, now {present[to]}: {textsText(count)}
          </li>
        ))}
      </ul>
      <p className="hint">
        {textsKept === 0
          ? 'By their scores: no text is kept in which own phrases could be looked for.'
          : `By their scores; own phrases were looked for in ${countText(textsRead)} of ${countText(textsKept)} kept texts.`}
      </p>
    </div>
  );
}

const past: Readonly<Record<Change['from'], string>> = {
  allow: 'Went through then',
  warn: 'Warned of then',
  block: 'Refused then',
};

const present: Readonly<Record<Change['to'], string>> = {
  allow: 'let through',
  warn: 'warned of',
  block: 'refused',
};

function textsText(count: number): string {
  return count === 1 ? 'one text' : `${countText(count)} texts`;
}

function countText(count: number): string {
  return count.toLocaleString('en');
}
