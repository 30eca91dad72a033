import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './files.ts';

/** A mail that the platform keeps in place of sending it. */
export interface KeptMail {
  readonly to: string;
  readonly subject: string;
  readonly writtenAt: Date;
  /** With plain line feeds. */
  readonly text: string;
}

const extension = '.eml';

/** The newest mails of a folder, newest first. A folder that is not there yet holds none. */
export async function readMails(folder: string, limit: number): Promise<KeptMail[]> {
  const names = await readdir(folder).catch((error) => (isMissing(error) ? [] : Promise.reject(error)));
  // Names begin with the time.
  const newest = names
    .filter((name) => name.endsWith(extension))
    .sort()
    .reverse()
    .slice(0, limit);
  return Promise.all(newest.map(async (name) => parseMail(await readFile(join(folder, name), 'utf8'))));
}

/** Reads what `auth` writes: headers of one line each, an empty line, plain text in UTF-8 (RFC 5322). */
function parseMail(content: string): KeptMail {
  const [head = '', ...rest] = content.split('\r\n\r\n');
  const headers = new Map(
    head.split('\r\n').map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  return {
    to: headers.get('to') ?? '',
    subject: headers.get('subject') ?? '',
    writtenAt: new Date(headers.get('date') ?? Number.NaN),
    text: rest.join('\r\n\r\n').replaceAll('\r\n', '\n'),
  };
}
