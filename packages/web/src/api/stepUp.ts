/** Asks the person to prove once more that it is them; true when they did. */
type Prompt = () => Promise<boolean>;

let prompt: Prompt | undefined;
let pending: Promise<boolean> | undefined;

/** Names who asks; gives back how to take that back. A question that is open then counts as denied: nobody is left to answer it. */
export function registerStepUpPrompt(next: Prompt): () => void {
  const gone = Promise.withResolvers<boolean>();
  const ask = () => Promise.race([next(), gone.promise]);
  prompt = ask;
  return () => {
    if (prompt === ask) prompt = undefined;
    gone.resolve(false);
  };
}

/** Asks once for all requests that wait for it; false when nobody can ask. */
export function stepUp(): Promise<boolean> {
  pending ??= (prompt?.() ?? Promise.resolve(false)).finally(() => {
    pending = undefined;
  });
  return pending;
}
