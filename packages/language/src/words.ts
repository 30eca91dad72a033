/** Verbs that people put at the head of a to-do; tells "buy milk and call mom" from "milk and eggs". */
const actionVerbs = new Set(
  `answer apply arrange ask assemble attend bake book borrow bring brush build buy call cancel change charge check clean
  collect contact cook cut decide decorate deliver deposit design dispute do download draft draw drink drive drop dry dust eat
  email empty exercise explain fax feed file fill find finish fix fold follow get give go grab grade groom hang harvest help hire
  hoover install invest invite invoice iron join knit learn leave look mail make measure meet message mop mow move notify
  open order organize organise pack paint paper park pay phone pick plan plant play polish post practice practise prepare prep
  print program purchase put rake read rebook receive register remind renew rent repair repay reply report rent reschedule research
  reserve resend return review ring run say schedule scrub sell send serve set sew shave ship shop shovel shred sign sing
  sleep sort speak start stock stop study submit sweep swim switch take talk tell test text throw tidy train translate
  transfer trim turn update upload vacuum verify visit volunteer vote wake walk wash watch water wax weed work wrap write`.split(
    /\s+/,
  ),
);

/** Past forms that no ending rule yields, to the plain form. */
const irregularForms: ReadonlyMap<string, string> = new Map(
  `ate:eat eaten:eat bought:buy brought:bring built:build chose:choose chosen:choose done:do drank:drink drew:draw
  drove:drive driven:drive fed:feed found:find gave:give given:give gone:go got:get gotten:get hung:hang left:leave
  made:make met:meet paid:pay ran:run read:read rang:ring said:say sang:sing saw:see sent:send sewn:sew shot:shoot slept:sleep
  sold:sell spoke:speak spoken:speak swept:sweep swam:swim taken:take took:take taught:teach thought:think threw:throw
  thrown:throw told:tell went:go woke:wake wore:wear wrote:write written:write children:child men:man women:woman people:person`
    .split(/\s+/)
    .map((pair): [string, string] => {
      const [past = '', plain = ''] = pair.split(':');
      return [past, plain];
    }),
);

const droppedWords = new Set(['a', 'an', 'the', 'my', 'our', 'some', 'that', 'this', 'to', 'please', 'of', 'all']);

/** A word without its plural or verb ending, in lower case. Not always a word itself: only for comparing. */
function stemOf(word: string): string {
  const lower = word.toLowerCase().replace(/'s?$/, '');
  let stem = irregularForms.get(lower) ?? lower;
  if (stem.length > 3 && stem.endsWith('ies')) stem = `${stem.slice(0, -3)}y`;
  else if (stem.length > 4 && /(?:s|x|z|ch|sh)es$/.test(stem)) stem = stem.slice(0, -2);
  else if (stem.length > 3 && /[^su]s$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.length > 5 && stem.endsWith('ing')) stem = stem.slice(0, -3);
  else if (stem.length > 4 && stem.endsWith('ed')) stem = stem.slice(0, -2);
  // Doubled consonants, a mute e and y for i come and go with endings, so they go from every word.
  stem = stem.replace(/([bcdfghjklmnpqrstvwxz])\1$/, '$1');
  if (stem.length > 3) stem = stem.replace(/e$/, '');
  return stem.replace(/y$/, 'i');
}

/** The stems of a text's words, small words left out unless nothing else is there. */
export function stemsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  const kept = words.filter((word) => !droppedWords.has(word));
  return (kept.length > 0 ? kept : words).map(stemOf);
}

const actionStems = new Set([...actionVerbs].map(stemOf));

/** True when the text begins with a verb of the kind that heads a to-do. */
export function startsWithActionVerb(text: string): boolean {
  return actionVerbs.has(firstWordOf(text));
}

/** True when the stem (see `stemOf`) is such a verb's. */
export function isActionStem(stem: string): boolean {
  return actionStems.has(stem);
}

/** True when the text begins with a past form of such a verb that is not also its plain form: "bought", "called". */
export function startsWithPastAction(text: string): boolean {
  const word = firstWordOf(text);
  const isPast = (irregularForms.has(word) && irregularForms.get(word) !== word) || /[a-z]{2}ed$/.test(word);
  return isPast && isActionStem(stemOf(word));
}

function firstWordOf(text: string): string {
  return /^[a-z']{1,30}/i.exec(text)?.[0].toLowerCase() ?? '';
}

/** True when the words differ by at most `limit` (1 or 2) insertions, deletions, replacements or swaps of neighbours. */
export function isWithinEdits(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return (previous[b.length] ?? limit + 1) <= limit;
}
