import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import { createGate } from '../../server/access/gate.ts';
import { makeCodes } from '../../server/activation/commands.ts';
import { codeSheets } from '../../server/activation/exports.ts';
import { client, startTestServer, testClock } from '../server/harness.ts';
import { addConference } from '../server/rows.ts';

/**
 * Codes for a nation (63 provinces, 696 districts, 14,585 communes and the centre: 15,345 bridges), made, committed and
 * written as 64 lists and 64 files of slips; then hosts who come in with them at the same time.
 */
const PROVINCES = 63;
const DISTRICTS = 696;
const COMMUNES = 14_585;
const HOSTS = 200;

const figure = (n: number, digits = 0): string => n.toLocaleString('en', { maximumFractionDigits: digits });
const conference = ConferenceId.parse('ca-nuoc');
const out = await mkdtemp(join(tmpdir(), 'nhipcau-bench-'));
const server = await startTestServer({ clock: testClock() });
try {
  const db = server.database.write;
  await addConference(db, conference);
  const rows: object[] = [];
  const row = (id: string, parent: string | null, name: string): void => {
    const common = { conference, class: 'province', ready: '[]', search_key: id };
    rows.push({ ...common, id, parent, name, ord: rows.length });
  };
  row('tu', null, 'Điểm cầu Trung ương');
  for (let p = 0; p < PROVINCES; p++) row(`t${p}`, 'tu', `Tỉnh thứ ${p + 1}`);
  for (let d = 0; d < DISTRICTS; d++) row(`h${d}`, `t${d % PROVINCES}`, `Huyện thứ ${d + 1}`);
  for (let c = 0; c < COMMUNES; c++) row(`x${c}`, `h${c % DISTRICTS}`, `Xã thứ ${c + 1}`);
  for (let at = 0; at < rows.length; at += 400) await db('bridge').insert(rows.slice(at, at + 400));

  // What the server read of them meanwhile is read anew.
  await db('conference').where({ id: conference }).increment('bridges_revision', 1);

  const context = server.context();
  const operator = createGate().operator(context);
  const scope = await operator.conference(conference);
  const bridge = await operator.bridge(conference, BridgeId.parse('tu'));
  if (!scope.ok || !bridge.ok) throw new Error('no bridges');

  /** How long anybody else waited at most meanwhile, and the most memory. */
  const watched = async <Value>(work: () => Promise<Value>) => {
    let [longest, ticked, memory] = [0, performance.now(), 0];
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - ticked - 5);
      ticked = performance.now();
      memory = Math.max(memory, process.memoryUsage().rss);
    }, 5);
    const begun = performance.now();
    const value = await work();
    const took = performance.now() - begun;
    // What stood at the end of it shows at the next tick.
    await new Promise((resolve) => void setTimeout(resolve, 20));
    clearInterval(ticking);
    return {
      value,
      says: `in ${figure(took)} ms; nobody else waited longer than ${figure(longest)} ms, ${figure(memory / 1e6)} MB in memory`,
    };
  };
  const { value: made, says: making } = await watched(() =>
    makeCodes(context, scope.value, bridge.value, { for: 'uncovered', days: 30 }),
  );
  if (!made.ok) throw new Error(made.reason);
  const file = join(out, 'ma.zip');
  const sheets = codeSheets(made.value, bridge.value, 'https://nhipcau.example', 'vi');
  const { says: writing } = await watched(() =>
    sheets.write(createWriteStream(file), new AbortController().signal),
  );
  const { size } = await stat(file);
  console.log(`${figure(made.value.codes.length)} codes made and committed ${making}`);
  console.log(`lists and slips of ${figure(size / 1e6, 1)} MB written ${writing}`);

  const from = performance.now();
  const answers = await Promise.all(
    made.value.codes.slice(0, HOSTS).map(({ code }, n) =>
      client(server).response(api.useCode, {
        body: { code, name: `Nguyễn Văn Số ${n}`, password: `một mật khẩu dài ${n}` },
      }),
    ),
  );
  const seconds = (performance.now() - from) / 1000;
  const came = answers.filter(({ ok }) => ok).length;
  console.log(
    `${came} of ${HOSTS} hosts came in at once: ${figure(HOSTS / seconds)} a second (a password each)`,
  );
} finally {
  await server.close();
  await rm(out, { recursive: true, force: true });
}
