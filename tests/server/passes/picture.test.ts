import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import { pictureOf } from '../../../server/passes/picture.ts';

test('the picture of a pass is read by a scanner as what the pass says', async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  const code = `NC1${'AZ09:-'.repeat(30)}`;
  const [found] = await readBarcodes(new Uint8Array(pictureOf(code)), { formats: ['QRCode'] });
  expect(found).toMatchObject({ isValid: true, text: code });
});
