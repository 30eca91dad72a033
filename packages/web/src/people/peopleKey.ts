/** Cache key of the pages of people. */
export const peopleKey = ['people'] as const;
