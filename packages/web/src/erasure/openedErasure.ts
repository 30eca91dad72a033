/** An erasure whose page was opened; `token` null: its address was not whole. */
export interface OpenedErasure {
  readonly id: string;
  readonly token: string | null;
}

/**
 * Which erasure's page an address is, with the secret of its fragment: `/erasure/ers_…#token=…`. It stays in the address, unlike that of
 * a mailed link: it opens nothing but the progress, and whoever has no account any more wants to keep it.
 */
export function erasureOf({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): OpenedErasure | null {
  const id = /^\/erasure\/(ers_[0-9a-f-]{36})$/.exec(pathname)?.[1];
  return id === undefined ? null : { id, token: /^#token=([\w-]{43})$/.exec(hash)?.[1] ?? null };
}

/** The address of an erasure's page, below the origin. */
export function erasurePath({ id, token }: { readonly id: string; readonly token: string }): string {
  return `/erasure/${id}#token=${token}`;
}
