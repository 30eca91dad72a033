export { chooseTasks } from './chooseTasks.ts';
export * from './types.ts';
export { understand } from './understand.ts';
