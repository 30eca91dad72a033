/** Pages that mailed links open. */
const linkPaths = ['/account/confirm-email', '/account/reset-password'] as const;
type LinkPath = (typeof linkPaths)[number];

/** A mailed link that was opened; `token` null: its address was not whole. */
export interface OpenedLink {
  readonly path: LinkPath;
  readonly token: string | null;
}

/** Which link's page an address is, with the token of its fragment (AUTH-13): `#token=…`. */
export function linkOf({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): OpenedLink | null {
  const path = linkPaths.find((known) => known === pathname);
  return path === undefined ? null : { path, token: /^#(?:token=)?([\w-]{43})$/.exec(hash)?.[1] ?? null };
}

/**
 * The link that this page was opened by. The token leaves the address bar at once, and with it the history, before anything else can read it.
 * A second link in the same tab changes the fragment alone, which loads nothing: the page is loaded anew.
 */
export function takeOpenedLink(): OpenedLink | null {
  const link = linkOf(location);
  if (link === null) return null;
  history.replaceState(null, '', link.path);
  addEventListener('hashchange', () => location.reload());
  return link;
}
