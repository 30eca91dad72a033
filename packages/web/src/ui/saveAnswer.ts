import { saveFile } from './saveFile.ts';

/** Has the browser save the body of an answer as a file. A download that broke off is an error, never a file. */
export async function saveAnswer(answer: Response, name: string): Promise<void> {
  const file = await answer.blob().catch(() => {
    throw new Error('The download broke off. Try again.');
  });
  saveFile(name, file.type, file);
}
