import { type AuditFilter, appIds, auditCategories } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { toLocalInput } from '../ui/localTime.ts';
import { Notice } from '../ui/Notice.tsx';
import { readFilter } from './trail.ts';

const any = ['', 'Any'] as const;
const choicesOf = (values: readonly string[]) => [any, ...values.map((value) => [value, value] as const)];
/** Where the screen is wide there is room for the whole form. */
const isWide = () => window.matchMedia('(min-width: 60rem)').matches;

interface SearchFormProps {
  /** What is searched for. The fields begin with it, and are the person's from then on. */
  readonly filter: AuditFilter;
  readonly onSearch: (filter: AuditFilter) => void;
  readonly onClear: () => void;
}

/** Asks what to search the log for; everything asked for must hold. */
export function SearchForm({ filter, onSearch, onClear }: SearchFormProps) {
  const [fault, setFault] = useState<string>();
  const [isOpen] = useState(isWide);
  const search = (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const read = readFilter((name) => String(fields.get(name) ?? ''));
    setFault('fault' in read ? read.fault : undefined);
    if ('filter' in read) onSearch(read.filter);
  };
  const chosen = Object.values(filter).filter((value) => value !== undefined).length;
  return (
    <search>
      <details className="manage" open={isOpen}>
        <summary>Filter{chosen > 0 && ` (${chosen})`}</summary>
        <form
          className="filters"
          onSubmit={(event) => {
            event.preventDefault();
            search(event.currentTarget);
          }}
        >
          <Text name="action" label="Action" value={filter.action} hint="such as auth.login" />
          <Choice
            name="category"
            label="Category"
            options={choicesOf(auditCategories)}
            defaultValue={filter.category ?? ''}
          />
          <Choice name="service" label="Service" options={choicesOf(appIds)} defaultValue={filter.service ?? ''} />
          <Choice
            name="outcome"
            label="Outcome"
            options={[any, ['success', 'Success'], ['failure', 'Failure']]}
            defaultValue={filter.outcome ?? ''}
          />
          <Text name="actor" label="Actor" value={filter.actor} hint="id of who acted" />
          <Text name="object" label="Object" value={filter.object} hint="id of what it was done to" />
          <Field name="from" label="From" type="datetime-local" defaultValue={toLocalInput(filter.from)} isOptional />
          <Field name="to" label="Before" type="datetime-local" defaultValue={toLocalInput(filter.to)} isOptional />
          <Text name="address" label="Address" value={filter.address} hint="last part zeroed: 192.0.2.0" />
          <Text name="trace" label="Trace" value={filter.trace} hint="32 hexadecimal digits" />
          {fault !== undefined && <Notice tone="error">{fault}</Notice>}
          <div className="buttons">
            <button type="submit" className="button button-main">
              Search
            </button>
            {chosen > 0 && (
              <button type="button" className="button" onClick={onClear}>
                Show everything
              </button>
            )}
          </div>
        </form>
      </details>
    </search>
  );
}

function Text({ value, ...field }: { name: string; label: string; hint: string; value: string | undefined }) {
  return <Field {...field} maxLength={100} defaultValue={value ?? ''} isOptional />;
}
