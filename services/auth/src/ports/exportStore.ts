import type { AppId, CloudEvent, Export, ExportFailure } from '@todo-chatbot/contracts';

/** A part as it came. */
export interface KeptPart {
  readonly exportId: string;
  readonly userId: string;
  readonly service: AppId;
  readonly run: number;
  readonly part: number;
  readonly isLast: boolean;
  readonly records: number;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** An export that a worker has to itself until somebody claims it after it. */
export interface ClaimedExport {
  readonly id: string;
  readonly userId: string;
  readonly claim: number;
  readonly askedAt: Date;
  readonly deadlineAt: Date;
}

/** A share of which every part is there. */
export interface CompleteShare {
  readonly service: AppId;
  readonly run: number;
  readonly parts: number;
  readonly records: number;
}

/** A chunk of a whole archive. */
export interface ArchiveChunk {
  readonly exportId: string;
  readonly claim: number;
  readonly chunk: number;
  readonly sealed: Uint8Array;
  /** Of the whole archive. */
  readonly bytes: number;
  readonly chunks: number;
}

/** Names a chunk by the link that opens it. */
export interface ChunkAsked {
  readonly userId: string;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly chunk: number;
  readonly now: Date;
}

/** Exports as the person and their browser use them. Each change commits together with its events. */
export interface OwnExports {
  request(options: {
    readonly exportId: string;
    readonly userId: string;
    readonly now: Date;
    readonly deadlineAt: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<'requested' | 'not-active' | 'under-way' | 'limit-reached'>;
  /** Newest first. */
  list(userId: string): Promise<readonly Export[]>;
  /** Makes the one link of an archive; another that was made before is worth nothing from then on. */
  link(options: {
    readonly exportId: string;
    readonly userId: string;
    readonly tokenHash: Uint8Array<ArrayBuffer>;
    readonly now: Date;
    readonly expiresAt: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<'linked' | 'not-found' | 'not-ready'>;
  /** The chunk that the link opens next, if it is the one that is asked for. */
  findChunk(asked: ChunkAsked): Promise<ArchiveChunk | null>;
  /** Uses up the link's right to the chunk, in one atomic statement; the next one may be asked for until `openUntil`. */
  takeChunk(
    asked: ChunkAsked & { readonly openUntil: Date | null; readonly events: readonly CloudEvent[] },
  ): Promise<boolean>;
}

/** Exports as they are put together. */
export interface ExportWorkshop {
  /**
   * Keeps a part of an export that is under way; a part that is there already, or of an earlier attempt of the service than another one, is
   * not kept again.
   */
  keepPart(part: KeptPart): Promise<void>;
  /** An export that nobody looks at, if there is one that is due. */
  claim(options: { readonly now: Date; readonly claimedUntil: Date }): Promise<ClaimedExport | null>;
  /** Lets the export be looked at again from then on. */
  putBack(claimed: ClaimedExport, lookAt: Date): Promise<void>;
  /** Asks the services once more. */
  askAgain(claimed: ClaimedExport, now: Date, events: readonly CloudEvent[]): Promise<void>;
  completeShares(exportId: string): Promise<readonly CompleteShare[]>;
  readPart(exportId: string, share: CompleteShare, part: number): Promise<Pick<KeptPart, 'records' | 'sealed'>>;
  /** Adds a chunk of the archive. False when somebody else has claimed the export meanwhile, or it is no longer under way. */
  addChunk(
    claimed: ClaimedExport,
    chunk: { readonly chunk: number; readonly sealed: Uint8Array<ArrayBuffer> },
    claimedUntil: Date,
  ): Promise<boolean>;
  /** The archive is whole: the parts go, and the person is told by mail. False as in {@link ExportWorkshop.addChunk}. */
  finish(
    claimed: ClaimedExport,
    archive: {
      readonly bytes: number;
      readonly chunks: number;
      readonly sha256: string;
      readonly records: Readonly<Record<string, number>>;
      readonly now: Date;
      readonly expiresAt: Date;
    },
    events: readonly CloudEvent[],
  ): Promise<boolean>;
  /** There will be no archive: what has come goes. Nothing happens to an export that is not under way, or is another person's. */
  fail(options: {
    readonly exportId: string;
    readonly userId: string;
    readonly reason: ExportFailure;
    readonly services: readonly AppId[];
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<void>;
  /** Deletes archives whose time is over, a few at a time. */
  expire(now: Date): Promise<void>;
}
