import { join, resolve } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

/** Files under this folder carry a hash of their content in their name. */
const hashedFolder = 'assets';

/** The built web app: its files, and its page for every address that a browser navigates to. */
export function webApp(webRoot: string): Router {
  const root = resolve(webRoot);
  const router = Router({ caseSensitive: true, strict: true });
  const serve = (folder: string, cacheControl: string): RequestHandler =>
    express.static(folder, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (res) => res.setHeader('cache-control', cacheControl),
    });
  router.use(`/${hashedFolder}`, serve(join(root, hashedFolder), 'public, max-age=31536000, immutable'));
  router.use(serve(root, 'no-cache'));
  router.get('/{*path}', (req, res, next) => {
    if (!isNavigation(req.path, req.get('accept'))) return next();
    const headers = { 'cache-control': 'no-store' };
    res.sendFile('index.html', { root, headers, cacheControl: false }, (error) => {
      // Without a built app there is no page; anything else that goes wrong here is the reader going away.
      if (error && !res.headersSent) next();
    });
  });
  return router;
}

/** A browser that opens an address asks for HTML in so many words; scripts and programs do not. */
function isNavigation(path: string, accept: string | undefined): boolean {
  return path === '/' || (/^\/[\w/-]+$/.test(path) && (accept ?? '').includes('text/html'));
}
