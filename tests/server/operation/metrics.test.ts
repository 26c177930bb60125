import { afterAll, beforeAll, expect, test } from 'vitest';

import { createMetrics } from '../../../server/platform/metrics.ts';
import { tellCommit, tellRefusal } from '../../../server/platform/measures.ts';
import { readConfig } from '../../../server/platform/config.ts';
import { isIn, networksOf } from '../../../server/platform/networks.ts';
import { client, signIn, socket, startTestServer, type TestServer } from '../harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const readiness = async () => ({ ready: true, stage: 'serving' as const, reasons: [], checks: {} });

/** The samples of the server by name with labels. */
async function samples(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

test('requests are counted by the template of their route, never by their address', async () => {
  const person = await signIn(server);
  await person.fetch('/api/v1/me');
  for (const id of ['mot', 'hai', 'ba'])
    await person.fetch(`/api/v1/conferences/${id}/bridges?q=Nguyễn+Thị+Bí+Mật`);
  await client(server).fetch('/khong/co/trang/nay.txt');
  const found = await samples();
  const conference = [...found].filter(
    ([name]) => name.startsWith('nhipcau_http_requests_total') && name.includes('bridges'),
  );
  expect(conference).toHaveLength(1);
  expect(conference[0]?.[0]).toMatch(/route="\/api\/v1\/conferences\/:conference\/bridges"/);
  expect(conference[0]?.[1]).toBe(3);
  const all = [...found.keys()].join('\n');
  expect(all).not.toMatch(/conferences\/mot|khong\/co|Nguy|B%C3%AD|nguoi-dung/);
  expect(all).toMatch(/nhipcau_http_requests_total\{method="GET",route="\/\{\*path\}",status="404"\}/);
});

test('open sockets, the event loop, the process and the disk are there, and nothing that is not known', async () => {
  const { cookie } = await signIn(server);
  const before = (await samples()).get('nhipcau_sockets_open') ?? 0;
  const open = await socket(server, cookie);
  const found = await samples();
  open.close();
  expect(found.get('nhipcau_sockets_open')).toBe(before + 1);
  expect(found.get('nhipcau_ready')).toBe(1);
  expect(found.get('nhipcau_disk_free_bytes')).toBeGreaterThan(0);
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
    'process_cpu_seconds_total',
  ])
    expect(found.get(name)).toBeGreaterThanOrEqual(0);
  // Plain HTTP and no backups: zero days, or zero seconds, would be a lie.
  expect(found.has('nhipcau_certificate_days_left')).toBe(false);
  expect(found.has('nhipcau_backup_age_seconds')).toBe(false);
});

test('commits and refusals are counted once for each commit and each refusal', async () => {
  const metrics = createMetrics({ readiness, sockets: () => ({ open: 0, watching: 0, inWork: 0 }) });
  tellCommit({ events: 40, replays: 3, conflicts: 1, seconds: 0.004 });
  tellCommit({ events: 2, replays: 0, conflicts: 0, seconds: 0.2 });
  tellRefusal({ reason: 'too-many-requests' });
  const { body } = await metrics.text();
  for (const line of [
    'nhipcau_ledger_commits_total 2',
    'nhipcau_ledger_events_total{outcome="recorded"} 38',
    'nhipcau_ledger_events_total{outcome="replayed"} 3',
    'nhipcau_ledger_events_total{outcome="conflict"} 1',
    'nhipcau_ledger_events_per_commit_sum 42',
    'nhipcau_ledger_commit_seconds_bucket{le="0.005"} 1',
    'nhipcau_socket_refusals_total{reason="too-many-requests"} 1',
  ])
    expect(body.split('\n')).toContain(line);
  metrics.close();
  // Nobody listens any more: telling costs nothing and reaches nobody.
  tellCommit({ events: 1, replays: 0, conflicts: 0, seconds: 1 });
});

test('figures are read from the networks that were named and from nowhere else', () => {
  const { metrics } = readConfig({ METRICS_FROM: '10.0.0.0/8, 192.168.1.7 ,fd00::/8' }, []);
  const networks = networksOf(metrics?.from ?? []);
  if (networks === null) throw new Error('no networks');
  for (const address of ['10.200.1.1', '::ffff:10.0.0.5', '192.168.1.7', 'fd12::1', 'fd12::1%eth0'])
    expect(isIn(networks, address)).toBe(true);
  for (const address of ['11.0.0.1', '192.168.1.8', '::1', 'fe80::1', '', 'x', undefined])
    expect(isIn(networks, address)).toBe(false);
});
