import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response, Router } from 'express';
import { sendError } from '../error-response.ts';

/** The names of these files contain a content hash, so a file with one name never changes. */
const hashedAssets = '/assets';

/**
 * Serves the built page: its files, the console at /graphiql, the concepts, and index.html for every other address, because the
 * page does its own routing. Style elements need the nonce of the response.
 *
 * @param folder dist/web; if it is missing, the answer says how to build it
 */
export function pageRoutes(folder: string): Router {
  const router = Router();
  router.use(hashedAssets, express.static(join(folder, hashedAssets), { immutable: true, maxAge: '1y', index: false, fallthrough: false }));
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.get('/graphiql', (_request, response) => sendPage(response, join(folder, 'graphiql.html')));
  router.get('/concepts', (_request, response) => sendPage(response, join(folder, 'concepts.html')));
  router.get('/{*splat}', (_request, response) => sendPage(response, join(folder, 'index.html')));
  return router;
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
