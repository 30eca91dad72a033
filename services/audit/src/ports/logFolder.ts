/** Longest file that has a place in the folder, save {@link LogFolder.lines}: a bundle of 256 entries of 65,535 bytes. */
export const maxLogFileBytes = 256 * (2 + 65_535);
/** Longest line of a file of lines: a body of 65,535 bytes in base64 has 87,380 characters. */
export const maxLogLineBytes = 100_000;

/** A folder with a log in the layout of C2SP tlog-tiles. Paths are relative, with slashes. */
export interface LogFolder {
  /** Undefined when there is no such file. Throws for one that is longer than {@link maxLogFileBytes}. */
  read(path: string): Promise<Buffer | undefined>;
  /** Lines with the newlines that end them, none when there is no such file. One that is too long comes in pieces. */
  lines(path: string): AsyncIterable<string>;
  /** Of everything that is in the folder and no folder itself, in no order. */
  paths(): AsyncIterable<string>;
  /** Puts a file in its place, whole or not at all. */
  write(path: string, bytes: Buffer): Promise<void>;
  /** Begins a long file, which only its owner may read. It is in its place once it was committed, or not at all. */
  begin(path: string): Promise<LongFile>;
  remove(path: string): Promise<void>;
}

/** A file on its way. */
export interface LongFile {
  append(text: string): Promise<void>;
  commit(): Promise<void>;
  /** Drops what is not committed. */
  close(): Promise<void>;
}
