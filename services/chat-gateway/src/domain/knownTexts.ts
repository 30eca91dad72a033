import { knownTextsLimit } from '@todo-chatbot/contracts';
import { listedTasksLimit, type Reply, tasksOfReply } from './replies.ts';

/**
 * Code units of all titles and lists together. A reply has room for no more of them, and a request for a judgement must stay below the
 * guardrail's limit of a body.
 */
const titlesLimit = 16_000;

/** What a person may be told again: what they have just written, and the titles and lists of their tasks that the replies speak of. */
export function knownTexts(message: string, replies: readonly Reply[]): string[] {
  const named = replies.flatMap((reply) => {
    const list = reply.template === 'task.listed' && reply.listName !== null ? [reply.listName] : [];
    return [
      ...list,
      ...tasksOfReply(reply)
        .slice(0, listedTasksLimit)
        .flatMap(({ title, listName }) => [title, listName]),
    ];
  });
  const known = [message];
  let length = 0;
  for (const name of new Set(named)) {
    length += name.length;
    if (known.length === knownTextsLimit || length > titlesLimit) break;
    known.push(name);
  }
  return known;
}
