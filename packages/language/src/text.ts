/** Longer messages are read up to here (UTF-16 code units); the door refuses them before. */
const textLimit = 4000;

/** The message in plain quotes and single spaces; line breaks become sentence ends. */
export function cleanText(text: string): string {
  return text
    .slice(0, textLimit)
    .toWellFormed()
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[\r\n\u2028\u2029]+/g, ' ; ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const leadIns = [
  /^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there| bot| assistant| buddy| you)?\b(?=.)/i,
  /^(?:ok|okay|so|and|also|then|now|well|alright|oh|actually|great|perfect|cool|thanks|thank you|um|uh|hmm)\b(?=.)/i,
  /^(?:yes|yeah|yep|sure|no(?! need| longer)|nope|nah)\b(?=.)/i,
  /^(?:please|pls|kindly|just|maybe|could you|can you|would you|will you|would you mind|can i|could i|may i|can we)\b(?=.)/i,
  /^(?:i(?:'d| would) like (?:for )?you to|i(?:'d| would) like to|i want you to|i want to|i wanna|i need you to|you (?:need to|should|must|can|may|have to)|i wish to)\b(?=.)/i,
  /^(?:go ahead and|do me a favou?r and|be (?:so )?kind (?:enough )?(?:to|and)|help me(?: to)?|let's|let us|let me)\b(?=.)/i,
];
/** More polite openings than this in a row are not stripped. */
const leadInLimit = 8;

/** The clause without greetings, fillers and polite openings. */
export function withoutLeadIn(clause: string): string {
  let rest = clause.trim();
  for (let round = 0; round < leadInLimit; round += 1) {
    const before = rest;
    for (const leadIn of leadIns) rest = rest.replace(leadIn, '').replace(/^[\s,.!:;-]+/, '');
    if (rest === before) break;
  }
  return rest === '' ? clause.trim() : withoutClosing(rest);
}

const closings =
  /[\s,]+(?:please|pls|thanks|thank you|thx|for me|cheers|will you|would you|if you can|right away|right now)$/i;

function withoutClosing(clause: string): string {
  let rest = trimEnd(clause);
  for (let round = 0; round < leadInLimit; round += 1) {
    const next = trimEnd(rest.slice(-40).replace(closings, ''));
    const shortened = rest.slice(0, -40).length > 0 ? rest.slice(0, -40) + next : next;
    if (shortened.length === rest.length || shortened === '') break;
    rest = trimEnd(shortened);
  }
  return rest;
}

/** The text without spaces and sentence marks at its end. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' ,.!?;:'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
