import { guardrailTextLimit } from '@todo-chatbot/contracts';
import type { Layer } from './layer.ts';

/** Blocks what is longer than the later layers are meant for; it comes first, so their cost is bounded. */
export const lengthLayer: Layer = {
  name: 'length',
  directions: ['input', 'document', 'output'],
  judge: ({ text }) => (text.length > guardrailTextLimit ? { reason: 'too-long', score: 1 } : null),
};
