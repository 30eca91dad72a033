export interface Fault {
  name: string;
  /** Version found; null when there is none at all. */
  found: string | null;
  required: string;
  howToGet: string;
}

/** All that is missing or too old, and nothing when the platform can start. Changes nothing and needs no network. */
export function checkPrerequisites(options?: {
  /** Default: the process's environment. */
  env?: Record<string, string | undefined>;
  /** Default: the cache that `defaultCacheDir` names. */
  cacheDir?: string;
  /** Default: DAPR_BIN_DIR. */
  daprBinDir?: string | undefined;
  /** Default: of the Node that runs this. */
  nodeVersion?: string;
}): Promise<Fault[]>;

/** The faults as a person reads them; empty when there are none. */
export function describeFaults(faults: Fault[]): string;
