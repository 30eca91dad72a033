import type { Sample } from './corpus.ts';

/**
 * What the harmless texts are to a person who is refused. Each class has its own bound, because a false alarm on a chat message is worse than
 * one on a page about security.
 */
export const genreClasses = ['chat', 'risky-chat', 'trigger-words', 'requests', 'pages'] as const;
export type GenreClass = (typeof genreClasses)[number];

const classes: Readonly<Record<string, GenreClass>> = {
  assistant_commands: 'chat',
  booking_chat: 'chat',
  booking_and_banking: 'chat',
  support_questions: 'chat',
  multilingual: 'chat',
  honest_openings: 'chat',
  todo_risky_words: 'risky-chat',
  contrast_pairs: 'risky-chat',
  lookalikes: 'risky-chat',
  rule_talk: 'risky-chat',
  trigger_words: 'trigger-words',
  hard_negatives: 'trigger-words',
  documents: 'pages',
  rule_documents: 'pages',
  carrier_documents: 'pages',
  documents_with_questions: 'pages',
  code: 'pages',
  joined: 'pages',
  structured: 'pages',
  assistant_commands_long: 'pages',
};

/** The class of a harmless sample; what is unknown is a request. */
export function genreClassOf({ kind }: Pick<Sample, 'kind'>): GenreClass {
  return classes[kind] ?? 'requests';
}

/** The genre of a sample in tables: its kind, and where it is from. */
export function genreOf({ kind, source }: Pick<Sample, 'kind' | 'source'>): string {
  return `${kind} (${source})`;
}
