import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AppId, type Export, type ExportFailure, shareTitles } from '@todo-chatbot/contracts';
import { Card } from '../account/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { downloadExport, exportsQuery, requestExport } from './exports.ts';

const failures: Readonly<Record<ExportFailure, string>> = {
  'too-large': 'There is more than fits into one archive.',
  unreadable: 'Something could not be read.',
  broken: 'Something did not arrive as it was sent.',
  erased: 'The account is being erased.',
  deadline: 'Not everything was there in time.',
};

/** Everything that is kept of the person, to take along (PRIV-3). */
export function ExportSection() {
  const queryClient = useQueryClient();
  const exports = useQuery(exportsQuery);
  const request = useMutation({
    mutationFn: requestExport,
    onSuccess: (items) => queryClient.setQueryData(exportsQuery.queryKey, [...items]),
  });
  const isUnderWay = exports.data?.some(({ state }) => state === 'collecting') ?? false;
  const error = request.error ?? exports.error;
  return (
    <Card title="Take your data along">
      <p className="hint">
        Everything that is kept of you, from every part of the service, as one JSON file. It is whole or there is none.
        You are told by mail when it is ready, and asked to prove that it is you.
      </p>
      {error && <Notice tone="error">{error.message}</Notice>}
      <ul className="rows" aria-label="Exports">
        {exports.data?.map((one) => (
          <ExportRow key={one.id} one={one} />
        ))}
      </ul>
      <div className="buttons">
        <button
          type="button"
          className="button"
          disabled={isUnderWay || request.isPending || exports.isPending}
          onClick={() => request.mutate()}
        >
          Collect my data
        </button>
      </div>
    </Card>
  );
}

function ExportRow({ one }: { one: Export }) {
  const download = useMutation({ mutationFn: downloadExport });
  return (
    <li className="row">
      <div className="row-text">
        <p className="row-title">Asked for {momentText(one.requestedAt)}</p>
        <State one={one} />
        {download.isPending && <p role="status">Downloading…</p>}
        {download.isError && <Notice tone="error">{download.error.message}</Notice>}
      </div>
      {one.state === 'ready' && (
        <button
          type="button"
          className="button button-main"
          disabled={download.isPending}
          onClick={() => download.mutate(one)}
        >
          Download
        </button>
      )}
    </li>
  );
}

function State({ one }: { one: Export }) {
  switch (one.state) {
    case 'collecting':
      return <Progress one={one} />;
    case 'ready':
      return (
        <p className="hint">
          Ready, {sizeText(one.bytes ?? 0)}
          {one.expiresAt !== null && `; deleted ${momentText(one.expiresAt)}`}
        </p>
      );
    case 'failed':
      return (
        <Notice tone="info">
          Failed, and nothing was kept of it. {one.failure && failures[one.failure.reason]}
          {one.failure && one.failure.services.length > 0 && ` Missing: ${namesOf(one.failure.services)}.`}
        </Notice>
      );
    case 'expired':
      return <p className="hint">Deleted</p>;
  }
}

function Progress({ one: { progress } }: { one: Export }) {
  const done = progress.filter(({ isComplete }) => isComplete).length;
  return (
    <>
      <p className="hint" role="status">
        Being collected: {done} of {progress.length} parts of the service are done
      </p>
      <progress className="export-progress" aria-label="Progress" max={progress.length} value={done} />
      <ul className="hint export-shares" aria-label="Parts of the service">
        {progress.map(({ service, isComplete, records }) => (
          <li key={service}>
            {shareTitles[service]}:{' '}
            {isComplete ? `${records} records` : records > 0 ? `${records} records so far` : 'waiting'}
          </li>
        ))}
      </ul>
    </>
  );
}

const namesOf = (services: readonly AppId[]) => services.map((service) => shareTitles[service]).join(', ');

/** Bytes in words: "12 kB", "3.4 MB". */
function sizeText(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1_000), 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
