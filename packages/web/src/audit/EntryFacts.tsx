import type { AuditEntry, AuditFilter } from '@todo-chatbot/contracts';
import { actionText } from '../activity/actionText.ts';

interface EntryFactsProps {
  readonly entry: AuditEntry;
  /** Searches for entries that share a value; without it, values are text alone. */
  readonly onFilter?: (filter: AuditFilter) => void;
}

type Fact = readonly [name: string, value: string | null, filter?: AuditFilter | undefined];

/** Everything that an entry says. */
export function EntryFacts({ entry, onFilter }: EntryFactsProps) {
  return (
    <dl className="facts">
      {factsOf(entry).map(([name, value, filter]) => (
        <div key={name} className="facts-pair">
          <dt>{name}</dt>
          <dd>
            {value === null || value === '' ? (
              <span className="hint">none</span>
            ) : filter === undefined || onFilter === undefined ? (
              value
            ) : (
              <button type="button" className="link" onClick={() => onFilter(filter)}>
                {value}
                <span className="visually-hidden">: show only entries with this {name.toLowerCase()}</span>
              </button>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf({ index, eventId, time, leafHash, event, sealed }: AuditEntry): readonly Fact[] {
  const { actor, object, metadata } = event;
  return [
    ['Number', String(index)],
    ['Time', `${new Date(time).toLocaleString()} (${time})`],
    ['Act', actionText(event.action)],
    ['Action', event.action, { action: event.action }],
    ['Outcome', outcomeOf(event), { outcome: event.success ? 'success' : 'failure' }],
    ['Actor', actor.id ?? actor.type, actor.id === null ? undefined : { actor: actor.id }],
    ['Object', object && `${object.type} ${object.id}`, object ? { object: object.id } : undefined],
    ['Input', inputText(event.input)],
    ['Category', event.category, { category: event.category }],
    ['Service', event.service, { service: event.service }],
    ['Address', metadata.address, metadata.address === null ? undefined : { address: metadata.address }],
    ['User agent', metadata.userAgent],
    ['Session', event.sessionId],
    ['Trace', event.traceId, event.traceId === null ? undefined : { trace: event.traceId }],
    ['Retention', event.retentionClass],
    ['Event', eventId],
    ['Sealed', sealed.map(({ field, state }) => `${field}: ${sealedText[state]}`).join('\n')],
    ['Leaf hash', leafHash],
  ];
}

/** What became of a field that only its person's key opens. */
const sealedText: Readonly<Record<AuditEntry['sealed'][number]['state'], string>> = {
  opened: 'opened for you',
  erased: 'erased with its person',
  broken: 'cannot be opened',
};

function outcomeOf({ success, reason }: AuditEntry['event']): string {
  return `${success ? 'Success' : 'Failure'}${reason === null ? '' : `: ${reason}`}`;
}

function inputText(input: AuditEntry['event']['input']): string {
  return Object.entries(input)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('\n');
}
