import * as contracts from '@todo-chatbot/contracts';
import {
  type AppId,
  appIds,
  type CategoryName,
  type DataCategory,
  dataCategories,
  dataClassOf,
  deadLetterRetentionMs,
  type ErasureOfRows,
  type GuardedData,
  type Keeping,
  kitTables,
  type Purpose,
  protections,
  purposes,
  retentionClasses,
  type StoredTable,
  storedData,
  storedPlaces,
  storedTopics,
  topics,
} from '@todo-chatbot/contracts';

const dayMs = 86_400_000;

const bases: Readonly<Record<(typeof purposes)[Purpose]['basis'], string>> = {
  none: 'none of its own',
  contract: 'contract, article 6(1)(b)',
  'legitimate-interest': 'legitimate interest, article 6(1)(f)',
  consent: 'consent, article 6(1)(a), may be withdrawn at any time',
};

const erasures: Readonly<Record<Extract<ErasureOfRows, string>, string>> = {
  deleted: 'deleted',
  expires: 'goes by itself',
  nobody: 'about nobody',
};

/** Rows of a Markdown table below its head. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

function keepingText(keeping: Keeping): string {
  switch (keeping) {
    case 'account':
      return 'as long as the account';
    case 'record':
      return 'as long as the record that it is part of';
    case 'transient':
      return 'while something is under way';
    default: {
      const days = retentionClasses[keeping];
      return days === null ? 'for ever' : `${days} days, unless an editor changed it within its bounds`;
    }
  }
}

function purposesTable(): string {
  return table(
    ['purpose', 'what for', 'legal basis (GDPR)'],
    Object.entries(purposes).map(([name, { text, basis }]) => [name, text, bases[basis]]),
  );
}

function categoriesTable(): string {
  const categories: [string, DataCategory][] = Object.entries(dataCategories);
  return table(
    ['category', 'what it is', 'class', 'purpose', 'kept', 'owner'],
    categories.map(([name, { text, dataClass, purpose, keeping, owner }]) => [
      `\`${name}\``,
      text,
      dataClass,
      purpose,
      keepingText(keeping),
      owner ?? 'each service its own',
    ]),
  );
}

function guardText(guarded: GuardedData): string {
  return `\`${guarded.category}\`, ${guarded.protection}${guarded.protection === 'plain' ? `: ${guarded.why}` : ''}`;
}

function erasureText(erasure: ErasureOfRows): string {
  return typeof erasure === 'string' ? erasures[erasure] : `stays. ${erasure.stays}`;
}

/** The columns that are guarded, together where they are guarded alike, and that there are others besides. */
function columnsText({ columns, erasure }: StoredTable): string {
  const guards = new Map<string, string[]>();
  for (const [name, said] of Object.entries(columns)) {
    if (typeof said === 'string') continue;
    const guard = guardText(said);
    guards.set(guard, [...(guards.get(guard) ?? []), `\`${name}\``]);
  }
  const guarded = [...guards].map(([guard, names]) => `${names.join(', ')}: ${guard}`);
  if (guarded.length === 0) return erasure === 'nobody' ? 'nothing of anybody' : 'ids, times and states';
  return [...guarded, 'besides, ids, times and states'].join('<br>');
}

function tablesOf(stored: Readonly<Record<string, StoredTable>>): string {
  return table(
    ['table', 'what its rows are', 'columns', 'in an export', 'at an erasure'],
    Object.entries(stored).map(([name, said]) => [
      `\`${name}\``,
      said.about,
      columnsText(said),
      said.isExported ? 'yes' : 'no',
      erasureText(said.erasure),
    ]),
  );
}

function ownTablesOf(appId: AppId): Readonly<Record<string, StoredTable>> {
  return Object.fromEntries(Object.entries(storedData[appId]).filter(([name, said]) => kitTables[name] !== said));
}

function topicsTable(): string {
  return table(
    ['topic', 'what its events are', 'personal data', 'written by', 'read by', 'kept'],
    topics.map(({ name, producers, consumers, retentionMs }) => {
      const said = storedTopics[name];
      if (said === undefined) throw new TypeError(`topic ${name} is not in storedTopics`);
      return [
        `\`${name}\``,
        said.about,
        holdsText(said.holds),
        producers.join(', '),
        consumers.join(', ') || 'nobody of ours',
        `${retentionMs / dayMs} days`,
      ];
    }),
  );
}

function placesTable(): string {
  return table(
    ['place', 'what rests there', 'personal data', 'kept'],
    Object.entries(storedPlaces).map(([place, { about, holds, kept }]) => [place, about, holdsText(holds), kept]),
  );
}

function holdsText(holds: GuardedData | null): string {
  return holds === null ? 'none but pseudonyms' : guardText(holds);
}

/** By which names the fields of each guarded category go in and out. */
function fieldsTable(): string {
  const names = new Map<CategoryName, Set<string>>();
  for (const { name, category } of contracts.fieldsOf(contracts.schemasOf(contracts))) {
    if (name === null || category === undefined || ['public', 'internal'].includes(dataClassOf(category))) continue;
    names.set(category, (names.get(category) ?? new Set()).add(name));
  }
  return table(
    ['category', 'fields'],
    [...names].toSorted().map(([category, fields]) => [`\`${category}\``, [...fields].toSorted().join(', ')]),
  );
}

/** `docs/data-map.md`: the record of processing activities (GDPR article 30), made of the annotations. */
export function dataMapDocument(): string {
  return `# Data map

Record of processing activities (GDPR article 30). Generated by \`npm run generate\` from \`packages/contracts/src/annotation.ts\`, \`storedData.ts\` and the schemas of the
API and of the events; \`npm run check\` fails when it is not true to them, and a test holds it against the migrated databases. How it works: [privacy.md](privacy.md).

The controller is whoever runs the installation. Data are those of people with an account and of whoever they name in a message, a task or an appointment. Nobody
outside is given any, but the mail relay that the installation names gets the mails to the people themselves.

## Purposes

${purposesTable()}

## Categories of data

Classes: **public**, anybody may know it; **internal**, for the service itself, about nobody but by a pseudonym; **confidential**, personal data; **restricted**,
what opens doors. Log lines and traces show confidential data masked or not at all, and restricted data never.

${categoriesTable()}

## Protections

${table(
  ['protection', 'what it means'],
  Object.entries(protections).map(([name, text]) => [name, text]),
)}

Besides, connections are encrypted and verified on both sides, each service has a database and a role of its own, and whoever acts leaves an entry in the audit log.

## Databases

An export has what is written *yes*, opened and readable. What an erasure leaves is unreadable wherever it was sealed, because the person's data key is destroyed
last; so is every copy in a backup.

${appIds.map((appId) => `### ${appId}\n\n${tablesOf(ownTablesOf(appId))}`).join('\n\n')}

### In each of these databases

${tablesOf(kitTables)}

## Topics

Events of a topic expire by themselves; events that could not be handled wait in a dead-letter topic beside it, as they came, for ${deadLetterRetentionMs / dayMs} days.

${topicsTable()}

## Elsewhere

${placesTable()}

Backups hold the databases as they are but for waiting mail and signing keys, encrypted as a whole to a key that is not on the machine, and the keys of people apart; see [privacy.md](privacy.md).

## Fields of the API and of events

By these names personal data and credentials come in and go out, and under these names no log shows them; only *layer*, *reason* and *verdict* are closed words
which a log may show.

${fieldsTable()}
`;
}
