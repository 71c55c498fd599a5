import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { sendError } from './error-response.ts';

/** Names that tell whether a build changed, so what they name never does. */
const hashedAssets = '/assets';

/**
 * The built page: its files, and for every other address its index.html, since the page reads the address itself. The
 * style elements that the page makes carry the nonce of the answer, so that no others count.
 *
 * @param folder dist/web; where it is missing, what to run is said
 */
export function pageRoutes(folder: string): Router {
  const router = Router();
  const indexFile = join(folder, 'index.html');
  router.use(hashedAssets, express.static(join(folder, hashedAssets), { immutable: true, maxAge: '1y', index: false, fallthrough: false }));
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.get('/{*splat}', (_request, response) => {
    if (!existsSync(indexFile)) {
      return sendError(response, 'NOT_FOUND', 'The page is not built; run npm run build. The API answers at /graphql.');
    }
    const { nonce } = response.locals as { nonce: string };
    const index = readFileSync(indexFile, 'utf8').replace('</head>', `  <meta name="style-nonce" content="${nonce}" />\n  </head>`);
    return response.setHeader('Cache-Control', 'no-cache').type('html').send(index);
  });
  return router;
}

export function makeNonce(): string {
  return randomBytes(16).toString('base64');
}
