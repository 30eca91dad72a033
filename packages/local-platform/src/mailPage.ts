import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type KeptMail, readMails } from './mailFolder.ts';

/** More than anybody looks through; the files themselves stay in the folder. */
const shownMails = 100;

const style = `
:root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --ink: #1c2430; --quiet: #5b6675; --line: #d9dee5; --link: #0b57b7; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #11151b; --card: #1a2029; --ink: #e6eaf0; --quiet: #9aa6b5; --line: #2c3541; --link: #7db4ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; }
.top { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; }
.quiet { color: var(--quiet); margin: 0.25rem 0 1.5rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1rem 1.25rem; margin-top: 1rem; }
h2 { font-size: 1.05rem; margin: 0; }
.facts { color: var(--quiet); font-size: 0.9rem; margin: 0.15rem 0 0.9rem; overflow-wrap: anywhere; }
.text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
`;

const headers = {
  // The one style sheet, by its hash: nothing else may run, load or be sent anywhere.
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Shows the mails of a folder on 127.0.0.1, for one's own machine. They hold links that work, so a page of another site must not get at
 * them: requests under any name but this machine's are refused, which is what keeps DNS rebinding out.
 */
export async function serveMailPage(options: { readonly folder: string; readonly port: number }): Promise<Server> {
  const { folder, port } = options;
  const names = new Set([`localhost:${port}`, `127.0.0.1:${port}`]);
  const server = createServer((request, response) => {
    respond(request, response, { folder, names }).catch((error: unknown) => {
      console.error('The mails could not be shown:', error);
      send(response, 500, 'The mails could not be read.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, names }: { readonly folder: string; readonly names: ReadonlySet<string> },
): Promise<void> {
  if (!names.has(request.headers.host ?? '')) return send(response, 421, 'Not known under this name.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'Only to be read.');
  if (request.url !== '/') return send(response, 404, 'There is nothing here.');
  send(response, 200, page(await readMails(folder, shownMails)), 'text/html');
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}

function page(mails: readonly KeptMail[]): string {
  const count = mails.length === shownMails ? `The newest ${shownMails} mails` : plural(mails.length);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mail of the local platform</title>
<style>${style}</style>
</head>
<body>
<main>
<div class="top"><h1>Mail</h1><a href="/">Reload</a></div>
<p class="quiet">${count}, newest first. On this machine no mail is sent: what would go out is shown here.</p>
${mails.map(article).join('\n')}
</main>
</body>
</html>
`;
}

function plural(count: number): string {
  return count === 0 ? 'No mail yet' : count === 1 ? 'One mail' : `${count} mails`;
}

function article({ to, subject, writtenAt, text }: KeptMail): string {
  const time = Number.isNaN(writtenAt.getTime()) ? '' : writtenAt.toISOString();
  const shownTime = time.slice(0, 19).replace('T', ' ');
  return `<article>
<h2>${escapeHtml(subject)}</h2>
<p class="facts">To ${escapeHtml(to)} · <time datetime="${time}">${shownTime} UTC</time></p>
<p class="text">${text.trimEnd().split('\n').map(line).join('\n')}</p>
</article>`;
}

/** A line that is a link, and nothing else, can be clicked. */
function line(text: string): string {
  const safe = escapeHtml(text);
  return /^https?:\/\/[^\s"'<>]+$/.test(text) ? `<a href="${safe}" rel="noreferrer">${safe}</a>` : safe;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
