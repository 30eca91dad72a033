export { attachPlatform, type Platform } from './platform.ts';
export { type AppState, type PlatformState, readPlatformState } from './platformState.ts';
