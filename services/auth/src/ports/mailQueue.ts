import type { CloudEvent } from '@todo-chatbot/contracts';

/** What waits in the queue. */
export type MailJob =
  /** A mail in words. After `usefulUntil` nobody wants it any more. */
  | {
      readonly kind: 'mail';
      readonly userId: string;
      readonly to: string;
      readonly subject: string;
      readonly text: string;
      readonly usefulUntil: Date;
    }
  /** Somebody asked for a new password. Whether the address has an account is found out by the queue's worker, behind the answer (AUTH-6). */
  | { readonly kind: 'password-reset'; readonly email: string }
  /**
   * A person asked for another address. Whether it is taken is found out there as well. It is worth nothing once their access version is
   * another: a reset has thrown out whoever asked.
   */
  | { readonly kind: 'email-change'; readonly userId: string; readonly email: string; readonly accessVersion: number }
  /** A person was erased: mails to them that are kept here go too (PRIV-4). */
  | { readonly kind: 'forget'; readonly userId: string };

/** Whom a mail is for: an address that is or was theirs, or that somebody gave for it. */
export interface Receiver {
  readonly userId: string;
  readonly email: string;
}

/** A job as the database holds it: it names addresses and may hold a link, so it is sealed. */
export interface SealedJob {
  readonly id: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly createdAt: Date;
}

/** Seals jobs for the queue; a store writes them in the transaction of what they tell. */
export interface JobSealer {
  seal(job: MailJob): SealedJob;
  /** @throws for a row that somebody changed, or exchanged for another one. */
  open(job: Pick<SealedJob, 'id' | 'sealed'>): MailJob;
}

/** A job that this worker has to itself for a while. `attempt` counts from 1. */
export interface ClaimedJob extends SealedJob {
  readonly attempt: number;
}

/** Mail that waits to be sent. */
export interface MailQueue {
  /** Adds jobs that belong to no other change. */
  add(jobs: readonly SealedJob[], events: readonly CloudEvent[]): Promise<void>;
  /**
   * The job that has been due longest, counted as attempted. Until `claimedUntil` nobody else gets it; a worker that dies meanwhile leaves
   * it to the next one, so that each is sent at least once.
   */
  claim(options: { readonly now: Date; readonly claimedUntil: Date }): Promise<ClaimedJob | null>;
  /** Comes again at `at`. */
  retry(id: string, at: Date): Promise<void>;
  /** Done, or given up: it is forgotten together with what it told. `instead` takes its place. */
  remove(id: string, events: readonly CloudEvent[], instead?: readonly SealedJob[]): Promise<void>;
}
