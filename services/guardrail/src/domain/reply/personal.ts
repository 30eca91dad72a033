import { type PersonalDataPlace, personalDataPlaces } from '@todo-chatbot/service-kit/personal-data';
import type { Layer } from '../layer.ts';
import { type Known, knownTo } from './known.ts';
import { unusualPlaces } from './unusualPlaces.ts';
import { visibleIn } from './visible.ts';

/** Kinds that belong to one person; what else shows by its shape is a secret, or of the platform, and other layers' business. */
const kinds = new Set<PersonalDataPlace['kind']>(['email', 'phone', 'payment-card', 'iban']);

/** A letter of an address of e-mail. */
const innerOfAddress = /[\p{L}\p{N}._%+-]/u;

/** Fewest digits that tell one subscriber from another, wherever the number is from (ITU-T E.164: country codes have up to three more). */
const subscriberDigits = 9;

/** Leaves addresses of e-mail, telephone numbers, cards and accounts out of replies, unless the reader has them. */
export const personalLayer: Layer = {
  name: 'personal',
  directions: ['output'],
  judge: (subject) => {
    const visible = visibleIn(subject);
    const known = knownTo(subject);
    const usual = personalDataPlaces(visible.text, kinds)
      .map((place) => withoutQuotes(place, visible.text))
      .filter(({ kind, start, end }) => !isKnown(kind, visible.text.slice(start, end), known));
    const unusual = unusualPlaces(visible.text).filter(
      (place) => !known.has(visible.text.slice(place.start, place.end)) && !isKnown(place.kind, place.usual, known),
    );
    const foreign = [...usual, ...unusual];
    const [first] = foreign;
    if (first === undefined) return null;
    return { reason: first.kind, score: 0.8, masks: foreign.map(({ start, end }) => visible.spanOf(start, end)) };
  },
};

/** The shape of an address takes nearly every sign for a letter of it, an opening quotation mark among them. */
function withoutQuotes(place: PersonalDataPlace, text: string): PersonalDataPlace {
  const lead =
    place.kind === 'email' ? (/^[^\p{L}\p{N}]*/u.exec(text.slice(place.start, place.end))?.[0].length ?? 0) : 0;
  return { ...place, start: place.start + lead };
}

function isKnown(kind: PersonalDataPlace['kind'], piece: string, known: Known): boolean {
  if (kind === 'email') return known.hasWhole(piece.replace('%40', '@'), innerOfAddress);
  const characters = piece.replace(/[^a-z0-9]/gi, '');
  if (kind !== 'phone') return known.hasCharacters(characters);
  // The same number with and without the country's code, or with a zero in its place.
  const subscriber = characters.slice(-subscriberDigits);
  return known.hasCharacters(subscriber.length === subscriberDigits ? subscriber : characters);
}
