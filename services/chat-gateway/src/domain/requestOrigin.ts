/** What a browser says of where a request comes from. Programs other than browsers send neither. */
export interface OriginHeaders {
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
}

/** The names under which the door is reached. */
export interface DoorNames {
  /** Values of `Host`. */
  readonly hosts: readonly string[];
  /** Origins of our own pages. */
  readonly origins: readonly string[];
}

/** The names of a door: its public origin, and on a developer's machine the other names of the loopback interface. */
export function doorNames(options: { publicOrigin: string; isLocal: boolean }): DoorNames {
  const url = new URL(options.publicOrigin);
  const isLoopback = ['localhost', '127.0.0.1'].includes(url.hostname);
  if (!options.isLocal || !isLoopback) return { hosts: [url.host], origins: [url.origin] };
  const port = url.port === '' ? '' : `:${url.port}`;
  const hosts = ['localhost', '127.0.0.1'].map((name) => `${name}${port}`);
  return { hosts, origins: hosts.map((host) => `${url.protocol}//${host}`) };
}

/**
 * True when the request comes from one of our own pages or from no page at all: `Origin`, when present, must be ours, and so
 * must the browser's own word in `Sec-Fetch-Site`.
 */
export function isFromOwnSite({ origin, secFetchSite }: OriginHeaders, ownOrigins: readonly string[]): boolean {
  if (origin !== undefined && !ownOrigins.includes(origin)) return false;
  return secFetchSite === undefined || secFetchSite === 'same-origin' || secFetchSite === 'none';
}

/** True for methods that may change something (RFC 9110 section 9.2.1). */
export function isUnsafe(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method);
}
