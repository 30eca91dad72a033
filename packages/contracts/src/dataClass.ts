/** Sensitivity of data (PRIV-1): drives masking in logs and audit entries. `confidential` is personal data, `restricted` is credentials and tokens. */
export const dataClasses = ['public', 'internal', 'confidential', 'restricted'] as const;
export type DataClass = (typeof dataClasses)[number];
