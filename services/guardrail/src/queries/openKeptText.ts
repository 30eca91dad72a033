import { type PersonBoxes, ProblemError, SealBroken } from '@todo-chatbot/service-kit';
import type { KeptText } from '../ports/reviewStore.ts';

/** Where the text of a decision is sealed. */
export const placeOfText = (decisionId: string) => ({ field: 'quarantined_texts.sealed_text', row: decisionId });

/**
 * Opens a kept text; `null` when its person was erased meanwhile.
 * @throws ProblemError `upstream.unavailable` when the key cannot be had now
 * @throws SealBroken when somebody has changed what is kept
 */
export async function openKeptText(
  boxes: PersonBoxes,
  { userId, decisionId, sealedText }: KeptText,
): Promise<string | null> {
  try {
    return (await boxes.of(userId)).open(placeOfText(decisionId), sealedText);
  } catch (error) {
    const isGone =
      error instanceof ProblemError && (error.code === 'person.erased' || error.code === 'person.not-found');
    if (isGone) return null;
    throw error;
  }
}

/** Keys are asked for so many at a time: `auth` has other things to do as well. */
const atOnce = 20;

/** Opens kept texts in their order; `null` where the person was erased or the seal is broken. @throws ProblemError `upstream.unavailable` */
export async function openKeptTexts(boxes: PersonBoxes, texts: readonly KeptText[]): Promise<(string | null)[]> {
  const opened: (string | null)[] = [];
  for (let from = 0; from < texts.length; from += atOnce) {
    const batch = texts.slice(from, from + atOnce);
    opened.push(...(await Promise.all(batch.map((text) => openUnlessBroken(boxes, text)))));
  }
  return opened;
}

/** One broken text must not hide all others. */
async function openUnlessBroken(boxes: PersonBoxes, text: KeptText): Promise<string | null> {
  try {
    return await openKeptText(boxes, text);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
