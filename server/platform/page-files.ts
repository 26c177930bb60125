import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';

import express, { type Express, type RequestHandler } from 'express';
import compressedStatic from 'express-static-gzip';

import { styleNonce } from './headers.ts';

/** Stands in the built page wherever the nonce of its styles belongs (`html.cspNonce` of the build). */
const NONCE_MARK = 'STYLE-NONCE';

const NOT_BUILT =
  'Máy chủ đang chạy nhưng chưa có trang web. Hãy chạy: npm run build\n' +
  'The server is running but its pages are not built. Run: npm run build\n';

/** The built pages; every other path is the application's own and gets its first page. */
export function mountPages(app: Express, pages: string): void {
  const firstPage = firstPageOf(join(pages, 'index.html'));
  app.get('/', firstPage, (_request, response) => {
    response.status(503).type('text').send(NOT_BUILT);
  });
  // Also by its file's name, as the service worker takes it.
  app.get('/index.html', firstPage);
  app.use(
    '/assets',
    compressedStatic(join(pages, 'assets'), {
      enableBrotli: true,
      orderPreference: ['br', 'gz'],
      index: false,
      serveStatic: {
        immutable: true,
        maxAge: '365d',
        fallthrough: true,
        // Their names change with what is in them: nobody asks whether they have.
        etag: false,
        lastModified: false,
        acceptRanges: false,
      },
    }),
  );
  const askAgain = {
    setHeaders: (response: ServerResponse) => void response.setHeader('Cache-Control', 'no-cache'),
  };
  app.use(express.static(pages, { index: false, cacheControl: false, ...askAgain }));
  app.get('/{*path}', (request, response, next) => {
    const isFile = /\.\w+$/.test(request.path) || /^\/(api|assets|socket\.io)\//.test(request.path);
    if (isFile || !request.accepts('html')) next();
    else void firstPage(request, response, next);
  });
}

/** The first page with the nonce of this answer in it. Hands on where it is not built. */
function firstPageOf(file: string): RequestHandler {
  return async (_request, response, next) => {
    const page = await readFile(file, 'utf8').catch(() => null);
    if (page === null) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(page.replaceAll(NONCE_MARK, styleNonce(response)));
  };
}
