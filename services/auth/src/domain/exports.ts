/** How long an archive is kept (PRIV-3): over a weekend's day, and no longer than anybody needs. */
export const archiveLifeMs = 48 * 3_600_000;
/** How long a link waits for its use: it is made when the button is pressed. */
export const linkLifeMs = 10 * 60_000;
/** How long a download may take once it has begun, over a slow line. */
export const downloadTimeMs = 30 * 60_000;
/** Exports that a person may ask for within a day: each one makes every service read all that it has of them. */
export const exportsPerDay = 5;
/** A service that has not given its share is asked again: the request may have ended in a dead-letter topic. */
export const askAgainAfterMs = 60_000;
/** Pause between two looks at an export whose parts still come in. */
export const lookAgainAfterMs = 500;
/** Longer than the work between two signs of life. Only of a worker that died does an export come back by this. */
export const claimMs = 60_000;
