/** Columns of a decision: all but whose it is, who reviewed it, and the hash of the text, which the service's role may not read. */
export const toldColumns = {
  id: true,
  direction: true,
  verdict: true,
  layer: true,
  reason: true,
  score: true,
  ruleVersion: true,
  settingsVersion: true,
  textLength: true,
  personLabel: true,
  reviewLabel: true,
  createdAt: true,
} as const;
