import { type PersonalDataPlace, personalDataPlaces } from '@todo-chatbot/service-kit/personal-data';

/** A way of writing personal data in which its usual shape does not show. */
interface UnusualShape {
  readonly kind: PersonalDataPlace['kind'];
  /** With flag `g`, in linear time. */
  readonly pattern: RegExp;
  /** The usual way of writing the piece. */
  readonly usual: (piece: string) => string;
}

/** A piece of a text that is personal data in an unusual form. */
export interface UnusualPlace extends PersonalDataPlace {
  /** The same in the usual form. */
  readonly usual: string;
}

const withoutSeparators = (piece: string) => piece.replace(/[^a-z0-9]/gi, '').toUpperCase();
const withSigns = (piece: string) =>
  piece
    .replace(/\s?(?:&#64;|&commat;|[[({<]\s?at\s?[\])}>]|\bat\b)\s?/i, '@')
    .replace(/\s?(?:[[({<]\s?dot\s?[\])}>]|\bdot\b)\s?/gi, '.')
    .replace(/[\s`*]/g, '');
/** What says that the digits behind it are a number to call; alone they may be a counter or an order. */
const callee =
  '(?:call|phone|tel|telephone|mobile|cell|whatsapp|sms|ring|dial|anrufen|telefon|telefonnummer|handy|mobil|téléphone|appelez|teléfono|telefono|llama|телефон|звоните|هاتف|फ़ोन|फोन|电话)';

const shapes: readonly UnusualShape[] = [
  {
    kind: 'email',
    pattern:
      /(?<![\w.%+-])[\w.%+-]{1,64}(?:&#64;|&commat;|\s@\s|@\s|[`*]{1,2}@[`*]{0,2}|\s?[[({<]\s?at\s?[\])}>]\s?)[\w-]{1,63}(?:(?:\.|\s?[[({<]\s?dot\s?[\])}>]\s?)[\w-]{1,63}){1,6}/gi,
    usual: withSigns,
  },
  {
    kind: 'email',
    pattern:
      /(?<![\w.%+-])[\w.%+-]{1,64}(?:\sdot\s[\w-]{1,63}){0,3}\sat\s[\w-]{1,63}(?:\sdot\s[\w-]{1,63}){0,3}\sdot\s(?:com|org|net|edu|gov|info|io|[a-z]{2})(?!\w)/gi,
    usual: withSigns,
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<=(?<![\\p{L}\\p{N}])${callee}[^\\p{L}\\p{N}+\\n]{1,4})(?:\\+?\\d{7,15}|\\d([ ._-])\\d(?:\\1\\d){5,13}|\\d{3}[-. ]\\d{4}(?: \\d{4})?|8 ?\\(?\\d{3}\\)? ?\\d{3}-\\d{2}-\\d{2}|\\+?\\d{2,5}[._·/]\\d{5,9}|\\+\\d{1,3}(?:[._·]\\d{2,9}){1,4})(?![\\w:-]|\\.\\d)`,
      'giu',
    ),
    usual: (piece) => `+${piece.replace(/\D/g, '').replace(/^0+/, '').padEnd(8, '0')}`,
  },
  {
    kind: 'payment-card',
    pattern:
      /(?<!\d)(?:\d{4}([._/·–]| {2})\d{4}\1\d{4}\1\d{4}|\d([ ._-])\d(?:\2\d){12,17}|(?<=[a-z])\d{14,19})(?!\d)/gi,
    usual: withoutSeparators,
  },
  {
    kind: 'iban',
    pattern:
      /(?<![a-z0-9])(?:[a-z]{2}[ .-]?\d{2}(?:[ .-][a-z0-9]{4}){2,7}(?:[ .-][a-z0-9]{1,4})?|(?<=iban[^a-z0-9\n]{1,3})[a-z]{2}\d{2}[a-z0-9]{11,30})(?![a-z0-9])/gi,
    usual: withoutSeparators,
  },
];

/** Where personal data stands in a form that hides it from a search for its usual shape. */
export function unusualPlaces(text: string): UnusualPlace[] {
  return shapes.flatMap(({ kind, pattern, usual: usualOf }) =>
    Array.from(text.matchAll(pattern), ({ 0: piece, index }) => ({
      kind,
      start: index,
      end: index + piece.length,
      usual: usualOf(piece),
    })).filter(({ usual }) => personalDataPlaces(usual, new Set([kind])).length > 0),
  );
}
