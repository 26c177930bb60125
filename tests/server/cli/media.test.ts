import { expect, test, vi } from 'vitest';

import { LOCAL_MEDIA, startTestServer } from '../harness.ts';
import { start } from './run.ts';

const status = (port: number) => start(['media', 'status', '--json', '--port', String(port)]);

test('the state of the media engine is asked of the server that runs', async () => {
  const server = await startTestServer({ media: LOCAL_MEDIA });
  try {
    await vi.waitUntil(async () => (await status(server.port)).code === 0, { timeout: 10_000 });
    const { out } = await status(server.port);
    expect(JSON.parse(out)).toMatchObject({ engine: 'embedded', running: true, transports: 0 });
    const figures = await (await fetch(`${server.url}/metrics`)).text();
    expect(figures).toContain('nhipcau_media_running 1');
    expect(figures).toContain('nhipcau_media_transports 0');
  } finally {
    await server.close();
  }
  const said = await start(['media', 'status', '--port', String(server.port)]);
  expect(said).toMatchObject({ code: 2 });
  expect(said.err).toContain('Máy chủ có đang chạy không?');
}, 20_000);

test('a server that is set to carry none says so', async () => {
  const server = await startTestServer();
  try {
    const said = await start(['media', 'status', '--port', String(server.port)]);
    expect(said).toMatchObject({ code: 0 });
    expect(said.out).toContain('MEDIA=off');
  } finally {
    await server.close();
  }
});
