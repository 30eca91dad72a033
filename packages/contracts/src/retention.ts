/** Retention classes of PRIV-5 with their default period in days; `null` is kept for ever. */
export const retentionClasses = {
  conversation: 90,
  booking: 365,
  'task-execution': 365,
  security: 365,
  administration: null,
} as const;
export type RetentionClass = keyof typeof retentionClasses;
