/** The value of a JSON text; undefined, which no JSON text means, for a text that is none. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
