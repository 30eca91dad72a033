import type { Express } from 'express';
import type { Clock } from '../clock.ts';
import type { BaseConfig } from '../config.ts';
import type { Dapr } from '../dapr/dapr.ts';
import type { Logger } from '../logging/logger.ts';

/** What {@link runService} hands to a service's `build`. */
export interface ServiceContext<C extends BaseConfig = BaseConfig> {
  readonly config: C;
  readonly logger: Logger;
  readonly dapr: Dapr;
  readonly clock: Clock;
}

/** What a service's `build` returns. */
export interface BuiltService {
  /** The app port's application, from {@link createInternalApp}. */
  readonly app: Express;
  /** Starts relays, consumers and further listeners; the service is ready after it. */
  start(): Promise<void>;
  isReady(): Promise<boolean>;
  /** Undoes `start` in the opposite order, and closes pools. */
  close(): Promise<void>;
}
