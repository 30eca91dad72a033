import type { Response } from 'express';

/** Begins an answer of server-sent events (HTML Living Standard, section 9.2). Proxies must neither keep nor collect it. */
export function beginEventStream(res: Response): void {
  res.status(200);
  res.setHeader('content-type', 'text/event-stream; charset=utf-8');
  res.setHeader('cache-control', 'no-store');
  res.setHeader('x-accel-buffering', 'no');
  res.flushHeaders();
}

/** One event as text. JSON has no raw line break, so that text of a person cannot forge another event. */
export function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
