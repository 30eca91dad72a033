import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { AuditFilter } from '@todo-chatbot/contracts';
import { useRef, useState } from 'react';
import { byCursor } from '../api/byCursor.ts';
import { Notice } from '../ui/Notice.tsx';
import { ShowMore } from '../ui/ShowMore.tsx';
import { SearchForm } from './SearchForm.tsx';
import { TrailEntry } from './TrailEntry.tsx';
import { type ExportFormat, loadTrail, saveExport, trailKey } from './trail.ts';
import './audit.css';

/** The whole log, for those with `audit.read`: search, proof and export (AUD-5). */
export function AuditPage() {
  const [filter, setFilter] = useState<AuditFilter>({});
  // Filters are chosen outside of the form too: it begins anew with them.
  const [formVersion, setFormVersion] = useState(0);
  const results = useRef<HTMLHeadingElement>(null);
  const trail = useInfiniteQuery({
    queryKey: [...trailKey, filter],
    queryFn: ({ pageParam }) => loadTrail(filter, pageParam),
    ...byCursor,
    // Each search is an entry of the log: only the person asks for one.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = trail.data?.pages.flatMap((page) => page.items) ?? [];
  const search = (asked: AuditFilter) => {
    setFilter(asked);
    if (JSON.stringify(asked) === JSON.stringify(filter)) void trail.refetch();
  };
  const choose = (asked: AuditFilter) => {
    search(asked);
    setFormVersion((version) => version + 1);
    // The button that was pressed may be gone.
    results.current?.focus();
  };
  return (
    <>
      <h2 className="page-title">Audit</h2>
      <div className="card subject wide">
        <p className="hint">Everything sensitive that happened, newest first. What you search for is recorded, too.</p>
        <SearchForm key={formVersion} filter={filter} onSearch={search} onClear={() => choose({})} />
        <ExportButtons filter={filter} />
        <h3 ref={results} tabIndex={-1}>
          Entries
        </h3>
        {trail.isPending && <p role="status">Searching the log…</p>}
        {trail.isError && <Notice tone="error">{trail.error.message}</Notice>}
        {trail.isSuccess && found.length === 0 && <p role="status">Nothing in the log fits.</p>}
        <ul className="entries" aria-label="Entries">
          {found.map((entry) => (
            <TrailEntry key={entry.index} entry={entry} onFilter={(more) => choose({ ...filter, ...more })} />
          ))}
        </ul>
        <ShowMore pages={trail} waiting="One moment…" />
      </div>
    </>
  );
}

const formats = [
  ['jsonl', 'Export as JSON Lines'],
  ['csv', 'Export as CSV'],
] as const;

function ExportButtons({ filter }: { filter: AuditFilter }) {
  const save = useMutation({ mutationFn: (format: ExportFormat) => saveExport(filter, format) });
  return (
    <>
      <div className="buttons">
        {formats.map(([format, label]) => (
          <button
            key={format}
            type="button"
            className="button"
            onClick={() => save.mutate(format)}
            disabled={save.isPending}
          >
            {label}
          </button>
        ))}
      </div>
      {save.isPending && <p role="status">Exporting what fits the filter…</p>}
      {save.isSuccess && <Notice tone="info">The export is complete.</Notice>}
      {save.isError && <Notice tone="error">{save.error.message}</Notice>}
    </>
  );
}
