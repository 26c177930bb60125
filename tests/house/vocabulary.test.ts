import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

function filesUnder(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path}`)
    .filter((path) => /\.tsx?$/.test(path) && statSync(root + path).isFile());
}

/** What each file of a capability may be called; a new word is a decision, written down in docs/DESIGN.md. */
const WORDS = [
  'routes',
  'sockets',
  'commands',
  'queries',
  'store',
  'present',
  'sentences',
  'live',
  'exports',
];
/** A store, or commands, of one of the subjects of a capability: `import-store`. */
const OF_A_SUBJECT = /^[a-z]+-(store|commands)$/;
/** Folders with words of their own. */
const OTHERWISE = new Set(['platform', 'documents', 'cli', 'demo']);
const OWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  access: ['gate'],
  bridges: ['refusals'],
  calendars: ['writer', 'reading', 'reply-worker'],
  passkeys: ['challenges', 'decoy'],
  'second-factor': ['codes'],
  'single-sign-on': ['provider'],
  'sign-in': [
    'authentication',
    'cookie',
    'entrance',
    'links',
    'opening',
    'passwords',
    'rotation',
    'sealing',
    'throttle',
    'tokens',
  ],
  attendance: ['at-start', 'expected', 'ledger', 'watchers'],
  control: ['alerts', 'arrivals', 'watchers'],
  composition: ['placing', 'placement-worker'],
  devices: ['standing', 'pairing', 'proof', 'proof-worker', 'tries', 'trust'],
  personal: ['answer-part', 'content', 'frame', 'links', 'page', 'site'],
  passes: ['picture'],
  people: ['import-content', 'reading', 'roster-worker'],
  mail: ['composing', 'line', 'mail-worker', 'reading', 'when-due'],
  units: ['reading', 'unit-worker'],
  quarantine: ['hold'],
  audit: ['trail', 'verification'],
  guests: ['letters'],
  invitations: ['letters', 'when-due'],
  ledger: ['signing', 'verification'],
  headcounts: ['at-deadline'],
  reminders: ['when-due'],
  reports: ['tables', 'person-table', 'absentee-table', 'incident-table'],
  versions: ['after-change'],
  retention: ['when-over'],
  schedule: ['clashes', 'overview', 'stepping'],
  media: ['engine', 'engine-thread', 'start-engine', 'engines', 'members', 'room', 'signalling', 'telling'],
};
/** Folders inside a capability, with words of their own. */
const WITHIN = new Set(['media/embedded', 'media/hls', 'media/mediasoup', 'media/relay']);

test('a capability of the server is built from the same few file names', () => {
  const strangers = filesUnder('server').filter((path) => {
    const [, folder = '', file = '', deeper] = path.split('/');
    if (file === '' || OTHERWISE.has(folder) || WITHIN.has(`${folder}/${file}`)) return false;
    const word = file.replace(/\.ts$/, '');
    const isKnown = WORDS.includes(word) || OF_A_SUBJECT.test(word) || OWN_WORDS[folder]?.includes(word);
    return deeper !== undefined || isKnown !== true;
  });
  expect(strangers).toEqual([]);
});

test('no file is a bag: no utils, helpers or index', () => {
  const bags = ['domain', 'server', 'client/src', 'tests', 'fixtures']
    .flatMap(filesUnder)
    .filter((path) => /(^|\/)(utils?|helpers?|index|misc|common)\.tsx?$/.test(path));
  expect(bags).toEqual([]);
});

test('scopes are minted by the gate alone', () => {
  const forgers = filesUnder('server').filter(
    (path) =>
      path !== 'server/access/gate.ts' &&
      /\bas (unknown as )?Authorized/.test(readFileSync(root + path, 'utf8')),
  );
  expect(forgers).toEqual([]);
});

test('the rules read no clock and make no chance', () => {
  const impure = filesUnder('domain').filter((path) =>
    /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|DateTime\.(now|local|utc)\(\)|crypto\./.test(
      readFileSync(root + path, 'utf8'),
    ),
  );
  expect(impure).toEqual([]);
});
