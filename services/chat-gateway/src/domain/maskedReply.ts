/** One mask or several, and asterisks of the text beside them, as in `**bob@example.com**`: nothing tells which is which. */
const masks = /\*{3,}/;

/** True when the masked text is the text with pieces of it replaced by asterisks, three at least, and nothing else. */
export function isMaskOf(masked: string, text: string): boolean {
  const [first = '', ...pieces] = masked.split(masks);
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
