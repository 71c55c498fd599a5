import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import { sendError } from '../guards/error-response.ts';

/** The names of these files contain a content hash, so a file with one name never changes. */
const hashedAssets = '/assets';

/**
 * Serves the built page: its files, the console at /graphiql, the concepts, and index.html for the addresses of its pages, because the
 * page does its own routing. Any other address is 404, as JSON unless HTML is preferred. Style elements need the nonce of the response.
 *
 * @param folder dist/web; if it is missing, the answer says how to build it
 */
export function pageRoutes(folder: string): Router {
  const router = Router();
  router.use(hashedAssets, sendBrotli(join(folder, hashedAssets)));
  router.use(hashedAssets, express.static(join(folder, hashedAssets), { immutable: true, maxAge: '1y', index: false, fallthrough: false }));
  router.use(express.static(folder, { index: false, maxAge: 0, setHeaders: keepIcon }));
  router.get('/graphiql', (_request, response) => sendPage(response, join(folder, 'graphiql.html')));
  router.get('/concepts', (_request, response) => sendPage(response, join(folder, 'concepts.html')));
  router.get('/{*splat}', (request, response) => {
    if (isPage(request.path)) sendPage(response, join(folder, 'index.html'));
    else if (request.accepts(['json', 'html']) === 'html') sendPage(response.status(404), join(folder, 'index.html'));
    else sendError(response, 'NOT_FOUND', 'There is nothing at this address. The API is at /graphql.');
  });
  return router;
}

/** A browser asks for the icon again at each change of the address, so it may keep the icon for a day. */
function keepIcon(response: Response, file: string): void {
  if (file.endsWith('icon.svg')) response.setHeader('Cache-Control', 'public, max-age=86400');
}

/** The addresses of the page's own pages (web/app/pages/routes.tsx). Each has further addresses below it. */
const pages = ['/explore', '/blast', '/incidents', '/rankings', '/import', '/quality', '/audit', '/inbox', '/endpoints'];

function isPage(path: string): boolean {
  return path === '/' || pages.some((page) => path === page || path.startsWith(`${page}/`));
}

/** Turns a request for a file into one for its brotli form, if the build wrote one and the browser accepts it. */
function sendBrotli(folder: string): RequestHandler {
  const files = new Set(existsSync(folder) ? readdirSync(folder).map((name) => `/${name}`) : []);
  return (request, response, next) => {
    const brotli = `${request.path}.br`;
    if (files.has(brotli)) {
      response.vary('Accept-Encoding');
      if (request.acceptsEncodings('br') === 'br') {
        response.setHeader('Content-Encoding', 'br');
        response.type(extname(request.path));
        request.url = brotli;
      }
    }
    next();
  };
}

function sendPage(response: Response, file: string): void {
  if (!existsSync(file)) {
    sendError(response, 'NOT_FOUND', 'The page is not built; run npm run build. The API is at /graphql.');
    return;
  }
  const { nonce } = response.locals as { nonce: string };
  const page = readFileSync(file, 'utf8').replace('</head>', `  <meta name="style-nonce" content="${nonce}" />\n  </head>`);
  response.setHeader('Cache-Control', 'no-cache').type('html').send(page);
}

export function makeNonce(): string {
  return randomBytes(16).toString('base64');
}
