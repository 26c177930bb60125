import type { IncomingMessage, ServerResponse } from 'node:http';

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Finding, Readiness } from './health.ts';
import { hearMeasures } from './measures.ts';

export interface SocketFigures {
  /** Lines. */
  readonly open: number;
  /** Screens that watch figures. */
  readonly watching: number;
  /** Messages that are taken and not answered. */
  readonly inWork: number;
}

/** What is asked for when the figures are read, beside what was counted. */
export interface MetricsParts {
  readonly readiness: () => Promise<Readiness>;
  readonly sockets: () => SocketFigures;
}

export interface Metrics {
  /** Counts an answer once it is out. */
  countRequest(request: IncomingMessage, response: ServerResponse): void;
  /** Everything, as Prometheus reads it. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
  close(): void;
}

/** Finer than this, a timer of its own would be what it measures. */
const LOOP_PRECISION_MS = 20;

/** The figures of operation: how much and how long, never who. Labels have as many values as the program has routes. */
export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });

  const commits = new Counter({
    name: 'nhipcau_ledger_commits_total',
    help: 'Commits of the ledger',
    registers,
  });
  const events = new Counter({
    name: 'nhipcau_ledger_events_total',
    help: 'Check-in events that came to the ledger, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const perCommit = new Histogram({
    name: 'nhipcau_ledger_events_per_commit',
    help: 'Events that shared a commit',
    buckets: [1, 2, 5, 10, 50, 100, 500, 1000, 5000],
    registers,
  });
  const commitSeconds = new Histogram({
    name: 'nhipcau_ledger_commit_seconds',
    help: 'Time from the start of a commit until the disk had it',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 8],
    registers,
  });
  const refusals = new Counter({
    name: 'nhipcau_socket_refusals_total',
    help: 'Socket messages that were refused, by reason; too-many-requests is the rate limit',
    labelNames: ['reason'],
    registers,
  });
  const requests = new Counter({
    name: 'nhipcau_http_requests_total',
    help: 'Answers to HTTP requests by the template of their route; 429 is the rate limit',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'nhipcau_http_request_seconds',
    help: 'Time until an answer was out, by the template of its route',
    labelNames: ['route'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30],
    registers,
  });
  const letters = new Counter({
    name: 'nhipcau_mail_letters_total',
    help: 'Letters that the line to the mail server was tried with, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  gauges(registers, parts);

  const silence = hearMeasures({
    commit({ events: all, replays, conflicts, seconds }) {
      commits.inc();
      events.inc({ outcome: 'recorded' }, all - replays - conflicts);
      if (replays > 0) events.inc({ outcome: 'replayed' }, replays);
      if (conflicts > 0) events.inc({ outcome: 'conflict' }, conflicts);
      perCommit.observe(all);
      commitSeconds.observe(seconds);
    },
    refusal: ({ reason }) => refusals.inc({ reason }),
    letters: ({ outcome, count }) => letters.inc({ outcome }, count),
  });

  return {
    countRequest(request, response) {
      const from = performance.now();
      response.once('close', () => {
        const route = routeOf(request);
        // Cut off before its answer: there is no status to tell.
        const status = response.writableFinished ? String(response.statusCode) : 'cut';
        requests.inc({ method: methodOf(request), route, status });
        requestSeconds.observe({ route }, (performance.now() - from) / 1000);
      });
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
    close() {
      silence();
      registry.clear();
    },
  };
}

/** The template of the route that served a request: addresses themselves have ids in them, and no end. */
function routeOf(request: IncomingMessage): string {
  const { route } = request as { readonly route?: { readonly path?: unknown } };
  return typeof route?.path === 'string' ? route.path : 'other';
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function methodOf({ method = '' }: IncomingMessage): string {
  return METHODS.has(method) ? method : 'other';
}

/** What the media engine counts, as far as it runs. */
const MEDIA_FIGURES = [
  ['transports', 'Lines of pages to the media engine'],
  ['producers', 'Streams that bridges send'],
  ['consumers', 'Streams that pages receive'],
] as const;

/** What is as it is when somebody reads it. */
function gauges(registers: Registry[], { readiness, sockets }: MetricsParts): void {
  const gauge = (name: string, help: string, value: () => Promise<number | null> | number | null): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      registers,
      async collect() {
        const found = await value();
        // One that is not known is left out: zero would be an answer.
        if (found === null) made.remove();
        else made.set(found);
      },
    });
  };
  const detail = async (check: string, name: string): Promise<number | null> => {
    const finding: Finding | undefined = (await readiness()).checks[check];
    const value = finding?.[name];
    return typeof value === 'number' ? value : null;
  };
  gauge('nhipcau_ready', 'Whether work should be sent here: 1 or 0', async () =>
    Number((await readiness()).ready),
  );
  gauge('nhipcau_sockets_open', 'Open sockets', () => sockets().open);
  gauge('nhipcau_watching', 'Screens that watch figures', () => sockets().watching);
  gauge('nhipcau_messages_in_work', 'Messages taken and not answered', () => sockets().inWork);
  gauge('nhipcau_disk_free_bytes', 'Room on the disk of the data folder', () => detail('disk', 'freeBytes'));
  gauge('nhipcau_certificate_days_left', 'Days until the HTTPS certificate expires', () =>
    detail('certificate', 'daysLeft'),
  );
  gauge('nhipcau_backup_age_seconds', 'Age of the youngest scheduled backup', () =>
    detail('backup', 'ageSeconds'),
  );
  gauge('nhipcau_checkpoint_age_seconds', 'Age of the last signed checkpoint', () =>
    detail('checkpoint', 'ageSeconds'),
  );
  gauge('nhipcau_mail_waiting', 'Letters that wait for the mail server', () => detail('mail', 'waiting'));
  gauge('nhipcau_mail_due_seconds', 'For how long the first of the letters that wait has been due', () =>
    detail('mail', 'dueSeconds'),
  );
  gauge('nhipcau_media_running', 'Whether the media engine runs: 1 or 0', async () =>
    Number((await readiness()).checks['media']?.['running'] === true),
  );
  for (const [name, help] of MEDIA_FIGURES) gauge(`nhipcau_media_${name}`, help, () => detail('media', name));
  gauge('nhipcau_ledger_unsigned_events', 'Events that no checkpoint covers yet', () =>
    detail('checkpoint', 'unsigned'),
  );
}
