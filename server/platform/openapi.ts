import { createRequire } from 'node:module';
import { dirname } from 'node:path';

import express, { type Express } from 'express';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';

import { assertNever } from '../../domain/result.ts';
import { contracts } from '../../domain/wire/api.ts';
import { API_PREFIX } from '../../domain/wire/request.ts';
import type { Contract } from '../../domain/wire/contract.ts';
import { Problem } from '../../domain/wire/problem.ts';

const COOKIE = 'signIn';

/** The whole API as OpenAPI 3.1, out of the same contracts that serve it. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, contract] of Object.entries(contracts)) {
    (paths[contract.path] ??= {})[contract.method] = operation(name, contract);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Nhịp Cầu',
      version: '1',
      description:
        'Schedules hybrid video conferences and keeps the ledger of who was there. ' +
        'Every answer that is not a success is a problem document (RFC 9457) with a stable code.',
    },
    servers: [{ url: API_PREFIX }],
    paths,
    components: {
      securitySchemes: { [COOKIE]: { type: 'apiKey', in: 'cookie', name: 'nhipcau' } },
    },
  });
}

function operation(name: string, contract: Contract): ZodOpenApiOperationObject {
  const params = [...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return {
    operationId: name,
    summary: contract.summary,
    description: `Needs: ${neededRight(contract)}.`,
    tags: [/^\/(?:conferences\/\{conference\}\/)?([\w-]+)/.exec(contract.path)?.[1] ?? 'api'],
    security: contract.scope.at === 'public' ? [] : [{ [COOKIE]: [] }],
    requestParams: {
      ...(params.length > 0 && {
        path: z.object(Object.fromEntries(params.map((param) => [param, z.string().max(64)]))),
      }),
      ...(contract.query !== undefined && { query: contract.query }),
    },
    ...(contract.body !== undefined &&
      contract.body !== null && { requestBody: { required: true, content: requestContent(contract.body) } }),
    responses: {
      ...(contract.answer === null
        ? { '204': { description: 'Done' } }
        : { '200': { description: 'Done', content: answerContent(contract) } }),
      default: {
        description: 'Refused, or failed',
        content: { 'application/problem+json': { schema: Problem } },
      },
    },
  };
}

function neededRight({ scope }: Contract): string {
  switch (scope.at) {
    case 'public':
      return 'nothing';
    case 'account':
      return 'to be signed in';
    case 'installation':
      return 'a standing organizer';
    case 'conference':
    case 'bridge':
      return `the right to ${scope.right} at the ${scope.at}`;
    default:
      return assertNever(scope);
  }
}

const FILE = { type: 'string', format: 'binary' } as const;

function requestContent(body: z.ZodType | 'file') {
  return body === 'file'
    ? { 'application/octet-stream': { schema: FILE } }
    : { 'application/json': { schema: body } };
}

function answerContent(contract: Contract) {
  if (contract.answer === 'stream')
    return Object.fromEntries((contract.streams ?? []).map((type) => [type, { schema: FILE }]));
  return { 'application/json': { schema: contract.answer as z.ZodType } };
}

/** The reference page loads its own script as a file: the pages' rules forbid scripts inside a page. */
const REFERENCE_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Nhịp Cầu API</title>
    <link rel="stylesheet" href="./swagger-ui.css">
    <link rel="icon" href="./favicon-32x32.png">
  </head>
  <body>
    <div id="reference"></div>
    <script src="./swagger-ui-bundle.js"></script>
    <script src="./open.js"></script>
  </body>
</html>
`;
const REFERENCE_SCRIPT = `SwaggerUIBundle({ url: '${API_PREFIX}/openapi.json', dom_id: '#reference', deepLinking: true });\n`;

/** Serves the document and the page that shows it. */
export function mountReference(app: Express): void {
  let document: string | undefined;
  app.get(`${API_PREFIX}/openapi.json`, (_request, response) => {
    document ??= JSON.stringify(openApiDocument());
    response.type('json').send(document);
  });
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.get('/api/reference', (request, response, next) => {
    // Both paths come here; relative addresses of the page need the slash.
    if (request.path.endsWith('/')) next();
    else response.redirect(301, '/api/reference/');
  });
  app.get('/api/reference/', (_request, response) => {
    response.type('html').send(REFERENCE_PAGE);
  });
  app.get('/api/reference/open.js', (_request, response) => {
    response.type('js').send(REFERENCE_SCRIPT);
  });
  app.use('/api/reference', express.static(assets, { index: false }));
}
