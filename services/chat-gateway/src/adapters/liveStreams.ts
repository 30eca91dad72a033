import type { LiveEvent } from '@todo-chatbot/contracts';
import type { AccessDenials, Clock, Logger, SignedInUser } from '@todo-chatbot/service-kit';
import { metrics, ProblemError } from '@todo-chatbot/service-kit';
import type { Response } from 'express';
import { beginEventStream, eventText } from './serverSentEvents.ts';

/** Tabs of one person; more is a leak or an attack. */
const streamsPerPersonLimit = 8;
/** Each stream holds a socket; beyond this the process needs a second replica. */
const streamsLimit = 1_000;
/** What a slow reader may leave unread before it is cut off. It reads the whole list again when it comes back. */
const unreadBytesLimit = 256 * 1024;
/** Proxies close connections that say nothing for a minute. */
const heartbeatMs = 15_000;
/** Whoever is denied, for whatever reason, loses their streams within this time (AUTH-11). */
const sweepMs = 1_000;

/** The open event streams of this replica. */
export interface LiveStreams {
  /** Answers the request with a stream of the person's events. @throws ProblemError when there are too many. */
  open(user: SignedInUser, res: Response): void;
  /** True while the person has a stream here. */
  isOpenFor(userId: string): boolean;
  /** Sends the event to all streams of the person whom it concerns. `id` is that of the event from which it comes. */
  push(id: string, event: LiveEvent): void;
  /** Ends all streams; none is opened afterwards. */
  close(): void;
}

interface Stream {
  readonly user: SignedInUser;
  readonly res: Response;
  lastWriteAt: number;
}

/** The open server-sent event streams of this process. */
export function createLiveStreams(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly denySet: AccessDenials;
}): LiveStreams {
  const { clock, logger, denySet } = options;
  const streams = new Map<string, Set<Stream>>();
  let count = 0;
  let isClosed = false;
  const stopGauge = metrics.gauge('live_streams', () => count);
  const timer = setInterval(sweep, sweepMs);
  timer.unref();

  function mayGoOn({ user }: Stream): boolean {
    try {
      return user.expiresAt > clock.now() && !denySet.denies(user);
    } catch {
      // Nobody can say who is denied: the stream ends, and the next request is refused in so many words (PRIN-6).
      return false;
    }
  }

  function sweep(): void {
    for (const stream of [...streams.values()].flatMap((own) => [...own])) {
      if (!mayGoOn(stream)) end(stream);
      else if (performance.now() - stream.lastWriteAt >= heartbeatMs) write(stream, ': still here\n\n');
    }
  }

  function write(stream: Stream, text: string): void {
    stream.lastWriteAt = performance.now();
    stream.res.write(text);
    if (stream.res.writableLength <= unreadBytesLimit) return;
    logger.warn({ userId: stream.user.userId }, 'a live stream is not read and is cut off');
    forget(stream);
    stream.res.destroy();
  }

  function end(stream: Stream): void {
    forget(stream);
    stream.res.end();
  }

  function forget(stream: Stream): void {
    const own = streams.get(stream.user.userId);
    if (!own?.delete(stream)) return;
    count -= 1;
    if (own.size === 0) streams.delete(stream.user.userId);
  }

  return {
    open(user, res) {
      const own = streams.get(user.userId) ?? new Set<Stream>();
      if (isClosed) throw new ProblemError('service.shutting-down');
      // Whoever left before the answer began gets none, and takes nobody's place.
      if (res.closed || res.destroyed) return;
      if (count >= streamsLimit || own.size >= streamsPerPersonLimit) throw new ProblemError('request.rate-limited');
      const stream: Stream = { user, res, lastWriteAt: performance.now() };
      streams.set(user.userId, own.add(stream));
      count += 1;
      res.once('close', () => forget(stream));
      beginEventStream(res);
      write(stream, 'retry: 3000\n\n');
    },
    isOpenFor: (userId) => streams.has(userId),
    push(id, { name, data }) {
      const text = `id: ${id}\n${eventText(name, data)}`;
      for (const stream of [...(streams.get(data.userId) ?? [])]) {
        if (mayGoOn(stream)) write(stream, text);
        else end(stream);
      }
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      stopGauge();
      for (const stream of [...streams.values()].flatMap((own) => [...own])) end(stream);
    },
  };
}
