import type { RequestHandler } from 'express';

/** Work that the own sidecar's input binding starts, by the name of its component. */
export interface Binding {
  readonly name: string;
  handle(): Promise<void>;
}

/**
 * Answers a call of the binding once its work is done. The answer has no body: the sidecar would read one as something to store or send.
 * Work that fails answers as any route does; the binding comes again on its schedule.
 */
export function bindingHandler({ handle }: Binding): RequestHandler {
  return async (_req, res) => {
    await handle();
    res.status(200).end();
  };
}
