import type { AuditSealedField } from '@todo-chatbot/contracts';
import {
  createPersonBoxes,
  type DataKeys,
  type PersonBox,
  type PersonBoxes,
  ProblemError,
  placeOfAuditField,
  SealBroken,
} from '@todo-chatbot/service-kit';
import type { SealedValue } from '../domain/entry.ts';

/** The text that was sealed, or why there is none. */
export type OpenedValue =
  | { readonly state: 'opened'; readonly text: string }
  | { readonly state: Exclude<AuditSealedField['state'], 'opened'> };

/**
 * Opens sealed values, and asks `auth` once for each person, be they erased or not.
 * @throws ProblemError `upstream.unavailable` when a key cannot be had: nobody is to take that for an erased person (PRIN-6)
 */
export type OpenSealed = (sealed: SealedValue) => Promise<OpenedValue>;

type BoxOrNone = PersonBox | 'erased' | 'broken';

/** Makes an {@link OpenSealed} for one piece of work, such as a page: what it found out about a person does not outlive that. */
export function createOpenSealed(dataKeys: DataKeys): () => OpenSealed {
  const boxesOfScope = new Map<string, PersonBoxes>();

  function boxesOf(scope: string): PersonBoxes {
    const boxes = boxesOfScope.get(scope) ?? createPersonBoxes({ dataKeys, scope });
    boxesOfScope.set(scope, boxes);
    return boxes;
  }

  return () => {
    const asked = new Map<string, Promise<BoxOrNone>>();

    function boxOf(personId: string, scope: string): Promise<BoxOrNone> {
      const key = `${scope} ${personId}`;
      const box = asked.get(key) ?? boxOrNone(boxesOf(scope), personId);
      asked.set(key, box);
      return box;
    }

    return async (sealed) => {
      const box = sealed.personId === null ? 'broken' : await boxOf(sealed.personId, sealed.scope);
      return typeof box === 'string' ? { state: box } : openWith(box, sealed);
    };
  };
}

async function boxOrNone(boxes: PersonBoxes, personId: string): Promise<BoxOrNone> {
  try {
    return await boxes.of(personId);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'person.erased') return 'erased';
    if (error instanceof ProblemError && error.code === 'person.not-found') return 'broken';
    throw error;
  }
}

function openWith(box: PersonBox, { eventId, field, box: sealed }: SealedValue): OpenedValue {
  try {
    return { state: 'opened', text: box.open(placeOfAuditField(eventId, field), Buffer.from(sealed, 'base64')) };
  } catch (error) {
    if (error instanceof SealBroken) return { state: 'broken' };
    throw error;
  }
}
