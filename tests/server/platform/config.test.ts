import { expect, test } from 'vitest';

import { BadConfig, readConfig } from '../../../server/platform/config.ts';

test('without settings it is a server for this machine alone', () => {
  expect(readConfig({}, [])).toEqual({
    port: 3000,
    host: '127.0.0.1',
    data: 'data',
    publicUrl: null,
    logLevel: 'warn',
    trustProxy: 0,
    checkpointEvery: 60,
    metrics: { from: ['127.0.0.1', '::1'], token: null },
  });
});

test('a flag overrides the environment, and an empty variable is none', () => {
  const config = readConfig({ PORT: '8080', HOST: '', DATA: '/srv/nhipcau' }, [
    '--port',
    '9090',
    '--public-url=https://nhipcau.example/',
  ]);
  expect(config).toMatchObject({
    port: 9090,
    host: '127.0.0.1',
    data: '/srv/nhipcau',
    publicUrl: 'https://nhipcau.example',
  });
});

test('every wrong setting is named at once, with what it should be', () => {
  const wrong = { PORT: '70000', PUBLIC_URL: 'ftp://x', LOG_LEVEL: 'loud', TRUST_PROXY: 'yes' };
  const read = (): unknown => readConfig(wrong, []);
  expect(read).toThrow(BadConfig);
  for (const name of ['PORT', 'PUBLIC_URL', 'LOG_LEVEL', 'TRUST_PROXY'])
    expect(read).toThrow(new RegExp(`${name} .*:.*\\w`));
});

test('an unknown flag is refused', () => {
  expect(() => readConfig({}, ['--prot', '8080'])).toThrow(/--prot/);
});
