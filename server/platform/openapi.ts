import { createRequire } from 'node:module';
import { dirname } from 'node:path';

import express, { type Express } from 'express';
import { z } from 'zod';

import { assertNever } from '../../domain/result.ts';
import { contracts } from '../../domain/wire/api.ts';
import { API_PREFIX } from '../../domain/wire/request.ts';
import type { Contract } from '../../domain/wire/contract.ts';
import { Problem } from '../../domain/wire/problem.ts';

const COOKIE = 'signIn';
const FILE = { type: 'string', format: 'binary' };

type Json = z.core.JSONSchema.BaseSchema;
interface Described {
  readonly schemas: Readonly<Record<string, Json>>;
  /** Those with an id of their own, which the others point at. */
  readonly shared: Readonly<Record<string, Json>>;
}

/** The whole API as OpenAPI 3.1, out of the same contracts that serve it. */
export function openApiDocument(): object {
  const routes = Object.entries(contracts);
  const queries = described(
    'input',
    routes.map(([name, { query }]) => [name, query]),
  );
  const bodies = described(
    'input',
    routes.map(([name, { body }]) => [name, body]),
  );
  const answers = described(
    'output',
    routes.map(([name, { answer }]) => [name, answer]),
  );
  const problems = described('output', [['problem', Problem]]);
  const refused = {
    description: 'Refused, or failed',
    content: { 'application/problem+json': { schema: problems.schemas['problem'] } },
  };
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, contract] of routes) {
    const { path, method, summary, body } = contract;
    (paths[path] ??= {})[method] = {
      operationId: name,
      summary,
      description: `Needs: ${neededRight(contract)}.`,
      tags: [/^\/(?:conferences\/\{conference\}\/)?([\w-]+)/.exec(path)?.[1] ?? 'api'],
      security: contract.scope.at === 'public' ? [] : [{ [COOKIE]: [] }],
      parameters: [...inPath(path), ...inQuery(queries.schemas[name])],
      ...(body && { requestBody: { required: true, content: contentOf(body, bodies.schemas[name]) } }),
      responses: { ...done(contract, answers.schemas[name]), default: refused },
    };
  }
  return {
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
      schemas: { ...bodies.shared, ...answers.shared, ...problems.shared },
      securitySchemes: { [COOKIE]: { type: 'apiKey', in: 'cookie', name: 'nhipcau' } },
    },
  };
}

/** JSON schemas of many at once, by name. What is sent may leave out fields with a default; what is answered has them. */
function described(io: 'input' | 'output', named: readonly (readonly [string, unknown])[]): Described {
  const known = named.filter((one): one is [string, z.ZodType] => one[1] instanceof z.ZodType);
  const { properties, $defs } = z.toJSONSchema(z.object(Object.fromEntries(known)), { io });
  const text = JSON.stringify({ schemas: properties, shared: $defs ?? {} });
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Described;
}

function inPath(path: string): object[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const schema = { type: 'string', maxLength: 64 };
  return names.map((name) => ({ in: 'path', name, schema, required: true }));
}

function inQuery({ properties = {}, required = [] }: Json = {}): object[] {
  return Object.entries(properties).map(([name, schema]) => {
    const isNeeded = required.includes(name);
    return { in: 'query', name, schema, ...(isNeeded && { required: true }) };
  });
}

function done({ answer, streams = [] }: Contract, schema: Json | undefined): object {
  if (answer === null) return { '204': { description: 'Done' } };
  const content =
    answer === 'stream'
      ? Object.fromEntries(streams.map((type) => [type, { schema: FILE }]))
      : { 'application/json': { schema } };
  return { '200': { description: 'Done', content } };
}

function contentOf(body: z.ZodType | 'file', schema: Json | undefined): object {
  return body === 'file'
    ? { 'application/octet-stream': { schema: FILE } }
    : { 'application/json': { schema } };
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
