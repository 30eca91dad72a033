import { type KeptMail, type PlatformState, readMails } from '@todo-chatbot/local-platform/testing';
import { waitFor } from './waitFor.ts';

/** Mails of a whole test run; a test finds its own by their address. */
const searchedMails = 100_000;

/** Everything that the platform under test mailed to an address so far, newest first. */
export async function mailsTo(state: PlatformState, address: string): Promise<KeptMail[]> {
  return (await readMails(state.mail.folder, searchedMails)).filter(({ to }) => to === address);
}

/** Token of the newest link with this subject that comes for an address; waits for it. */
export async function mailedToken(state: PlatformState, address: string, subject: string): Promise<string> {
  return waitFor(`the mail "${subject}"`, async () => {
    const mail = (await mailsTo(state, address)).find((one) => one.subject === subject);
    return /#token=([\w-]{43})$/m.exec(mail?.text ?? '')?.[1];
  });
}
