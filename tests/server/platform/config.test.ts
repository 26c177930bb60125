import { expect, test } from 'vitest';

import { readConfig } from '../../../server/platform/config.ts';
import { BadConfig, settingsOf } from '../../../server/platform/settings.ts';

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
    media: { engine: 'auto', listen: '127.0.0.1', port: 44_400, announced: [{ ip: '127.0.0.1' }] },
  });
});

const media = (settings: NodeJS.ProcessEnv) => readConfig(settings, []).media;

test('pictures go where the server is reached: here alone, at its address, or where it is said', () => {
  expect(media({ MEDIA: 'off' })).toBeUndefined();
  expect(media({ HOST: '10.0.0.5' })).toMatchObject({ listen: '0.0.0.0', announced: [{ ip: '10.0.0.5' }] });
  const said = { PUBLIC_URL: 'https://nhipcau.example', MEDIA_ADDRESS: '203.0.113.5, 10.0.0.5:45000' };
  expect(media(said)).toMatchObject({
    listen: '0.0.0.0',
    announced: [{ ip: '203.0.113.5' }, { ip: '10.0.0.5', port: 45_000 }],
  });
  for (const wrong of ['nhipcau.example', '10.0.0.5:0', '10.0.0.5,', '10.0.0.500'])
    expect(() => media({ MEDIA_ADDRESS: wrong })).toThrow(/MEDIA_ADDRESS/);
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

test('a mail server is read out of its address, and its password is shown nowhere', () => {
  const url = 'smtp://hoinghi%40tinh.vn:m%E1%BA%ADt%2Fkh%E1%BA%A9u@thu.tinh.vn';
  const environment = { MAIL_URL: url, MAIL_FROM: 'Ban tổ chức <hoinghi@Tinh.vn>', MAIL_RATE: '30' };
  expect(readConfig(environment, []).mail).toEqual({
    from: { name: 'Ban tổ chức', address: 'hoinghi@tinh.vn' },
    perMinute: 30,
    server: {
      host: 'thu.tinh.vn',
      port: 587,
      isSecure: false,
      needsTls: true,
      signIn: { user: 'hoinghi@tinh.vn', password: 'mật/khẩu' },
    },
  });
  const shown = JSON.stringify(settingsOf(environment, []));
  expect(shown).toContain('smtp://hoinghi%40tinh.vn:********@thu.tinh.vn');
  expect(shown).not.toMatch(/kh%E1|khẩu/);
  // No flag: it would stand in the list of processes.
  expect(() => readConfig({}, ['--mail-url', url])).toThrow(/mail-url/);
});

test.each([
  'thu.tinh.vn',
  'http://thu.tinh.vn',
  'smtp://',
  'smtp://thu.tinh.vn/hop-thu',
  'smtp://thu.tinh.vn?tls=never',
  'smtp://thu.tinh.vn?rejectUnauthorized=false',
  'smtp://:matkhau@thu.tinh.vn',
  'smtp://ten:100%@thu.tinh.vn',
])('"%s" is no mail server, and is not repeated', (url) => {
  const fault = faultOf({ MAIL_URL: url, MAIL_FROM: 'hoinghi@tinh.vn' });
  expect(fault).toMatch(/^MAIL_URL: .*smtp:\/\//);
  expect(fault).not.toContain('matkhau');
});

test('mail needs somebody from whom it comes, and the test mode needs no server', () => {
  expect(faultOf({ MAIL_URL: 'smtp://127.0.0.1' })).toMatch(/^MAIL_FROM .*cần có/);
  expect(faultOf({ MAIL_TEST: '1' })).toMatch(/^MAIL_FROM .*cần có/);
  expect(faultOf({ MAIL_URL: 'smtp://127.0.0.1', MAIL_FROM: 'hội nghị' })).toMatch(/^MAIL_FROM [^\n]*$/);
  const kept = readConfig(
    { MAIL_TEST: '1', MAIL_FROM: 'hoinghi@tinh.vn', MAIL_URL: 'smtps://thu.tinh.vn' },
    [],
  );
  expect(kept.mail).toMatchObject({ server: null, from: { name: null }, perMinute: 120 });
  expect(readConfig({ MAIL_FROM: 'hoinghi@tinh.vn' }, []).mail).toBeUndefined();
});

function faultOf(environment: Record<string, string>): string {
  try {
    readConfig(environment, []);
  } catch (error) {
    if (error instanceof BadConfig) return error.message;
    throw error;
  }
  return '';
}
