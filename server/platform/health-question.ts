import { request as askPlain } from 'node:http';
import { request as askSecure } from 'node:https';

/**
 * `node server/platform/health-question.ts`: asks the server of this machine whether it is alive, as a container does. Exit code 0
 * where it is. The certificate is not looked at: it is for the name that people use, and the line does not leave the machine.
 */
const port = Number(process.env['PORT'] ?? 3000);
const isSecure = (process.env['TLS_CERT'] ?? '') !== '';
const ask = isSecure ? askSecure : askPlain;
const PATIENCE_MS = 4000;

const asked = ask(
  { host: '127.0.0.1', port, path: '/healthz', timeout: PATIENCE_MS, rejectUnauthorized: false },
  (answer) => process.exit(answer.statusCode === 200 ? 0 : 1),
);
asked.once('timeout', () => process.exit(1));
asked.once('error', () => process.exit(1));
asked.end();
