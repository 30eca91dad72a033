export const daprVersion: string;
export const kafkaVersion: string;
export const zipkinVersion: string;
export const daprBuildArguments: readonly string[];
export const daprBuildTargets: readonly string[];
export const daprBinaries: readonly string[];
export const daprSourceDir: string;
export const kafkaSourceDir: string;
export const zipkinSourceDir: string;
/** `$XDG_CACHE_HOME/todo-chatbot`, or `~/.cache/todo-chatbot`. */
export function defaultCacheDir(env: Record<string, string | undefined>): string;
/** Folder of each part; their names carry the versions. */
export function cacheLayout(cacheDir: string): { dapr: string; kafka: string; zipkin: string };
/** Which parts are there complete. Reads no more than the folders. */
export function whatIsCached(cacheDir: string): { dapr: boolean; kafka: boolean; zipkin: boolean };
export function readChecksums(sourceDir: string): { sha256: string; name: string }[];
export function isExecutable(path: string): boolean;
/** Whether what `daprd --version` says is the version we build, or newer. */
export function isSuitableDapr(version: string): boolean;
