import type { Finding, Layer, Span } from '../layer.ts';
import { type Known, knownTo } from './known.ts';
import { cut, type Visible, visibleIn } from './visible.ts';

/**
 * Text that a page would load, run, or hide an address behind. Whoever fetches an image tells its host all that its address holds, without
 * a click; so does a link with a query once it is clicked.
 */
const carriers: readonly { readonly reason: string; readonly pattern: RegExp }[] = [
  { reason: 'image', pattern: /!\[[^\]\n]{0,200}\]\s{0,2}[([]\s{0,2}<?([^\s)\]>]{1,2000})/g },
  {
    reason: 'image',
    pattern:
      /<(?:img|image|iframe|script|video|audio|embed|object|link|source)\b[^>]{0,200}?=\s{0,2}["']?([^\s"'>]{4,2000})/gi,
  },
  {
    reason: 'link-with-data',
    pattern: /(?<!!)\[[^\]\n]{1,200}\]\(\s{0,2}<?([^\s()<>?#=&]{1,2000}[?#=&][^\s()<>]{1,2000})/g,
  },
  {
    reason: 'data-url',
    pattern:
      /(?<![\w-])(data:[a-z]{1,20}\/[\w.+-]{1,60}[;,][^\s"'<>)]{0,2000}|(?:javascript|vbscript):[^\s"'<>)]{1,2000})/gi,
  },
];

/** Ends of names that programs make links of, and that are neither ends of files nor words behind a full stop. */
const commonEnds =
  'com|net|org|info|biz|io|ly|me|co|app|dev|xyz|top|site|online|link|click|shop|page|ru|cn|de|uk|fr|es|eu';
/** An address of the web, with its scheme or by its host and path; browsers take `\` for `/` and any number of them. */
const address = new RegExp(
  `(?<![\\w+.-])(?:(?:https?|wss?|ftp|file)(?::|%3A|&#58;|&colon;)(?:[\\\\/]|%2F){1,4}|www\\.|(?<!@)(?=(?:[a-z0-9-]{1,63}\\.){1,4}(?:${commonEnds})(?::\\d{2,5})?/[\\w?#]))([^\\s<>"'\`“”«»‘’]{1,2000})`,
  'gi',
);
const endOfSentence = /(?:[.,;:!?)\]}…*_]|&gt;)+$/;
/** Where a quoted title ends, or was cut. */
const endOfTitle = /…?[“”]?[.,;:]{0,3}$/;
/** Name and port of the host, without who signs in there. */
const hostOf = /^(?:[^/\\?#@]{0,200}@)?(\[[0-9a-f:.]{2,45}\]|[^/\\?#:@]{1,253})/i;
const innerOfHost = /[\p{L}\p{N}.-]/u;

/** Blocks replies that would make a page send something away, and leaves addresses of the web out whose host the reader does not know. */
export const linkLayer: Layer = {
  name: 'link',
  directions: ['output'],
  judge: (subject) => {
    const visible = visibleIn(subject);
    const known = knownTo(subject);
    return findCarrier(visible.text, known) ?? findAddresses(visible, known);
  },
};

/** Known to the last character only: the host alone may be known, and what is told to it be new. */
function findCarrier(text: string, known: Known): Finding | null {
  const found = carriers.find(({ pattern }) =>
    [...text.matchAll(pattern)].some(([, target = '']) => isAway(target) && !known.has(target.replace(endOfTitle, ''))),
  );
  return found ? { reason: found.reason, score: 0.95 } : null;
}

/** Whether it leads away from where it stands: an anchor or a path of one's own does not. */
function isAway(target: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]{1,20}:|[\\/]{2}|www\.)/i.test(target);
}

function findAddresses(visible: Visible, known: Known): Finding | null {
  const masks: Span[] = [];
  for (const match of visible.text.matchAll(address)) {
    const piece = match[0].replace(endOfSentence, '');
    const host = hostOf.exec(piece.slice(match[0].length - (match[1] ?? '').length))?.[1] ?? '';
    if (host === '' || isKnownHost(host, match, known)) continue;
    masks.push(visible.spanOf(match.index, match.index + piece.length));
  }
  return masks.length === 0 ? null : { reason: 'foreign-address', score: 0.8, masks };
}

/** A long title is cut, and its address with it. */
function isKnownHost(host: string, { 0: whole }: RegExpExecArray, known: Known): boolean {
  const name = host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return (
    known.hasWhole(name, innerOfHost) ||
    known.hasWhole(`www.${name}`, innerOfHost) ||
    (whole.endsWith(cut) && known.has(whole.slice(0, -cut.length)))
  );
}
