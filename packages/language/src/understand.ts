import type { Understanding, UnderstandOptions } from './types.ts';

/** Reads one English message. Pure: the same text, instant and zone always give the same answer. */
export function understand(_text: string, _options: UnderstandOptions): Understanding {
  return { intent: 'out_of_scope', commands: [] };
}
