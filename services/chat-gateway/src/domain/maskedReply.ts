import { guardrailMask } from '@todo-chatbot/contracts';

/** True when the masked text is the text with pieces of it replaced by {@link guardrailMask}, and nothing else. */
export function isMaskOf(masked: string, text: string): boolean {
  const [first = '', ...pieces] = masked.split(guardrailMask);
  const last = pieces.pop();
  if (last === undefined || !text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}
