import { hash } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  deviceIdOf,
  lineText,
  readSignature,
  requestText,
  writeSignature,
} from '../../../domain/devices/proof.ts';

const digestOf = (text: string) => hash('sha256', text, 'hex');

test('the id of a machine is a UUID that follows from its key, and another key has another', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const id = deviceIdOf(digestOf(one));
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(deviceIdOf(digestOf(one))).toBe(id);
      expect(deviceIdOf(digestOf(other)) === id).toBe(one === other);
    }),
  );
});

test('what is signed for a line is never what is signed for a request, and each part of a request counts', () => {
  const request = { method: 'post', target: '/api/x?a=1', at: 17, body: digestOf('{}') };
  const text = requestText(request);
  const others = [
    { ...request, method: 'put' },
    { ...request, target: '/api/x?a=2' },
    { ...request, at: 18 },
    { ...request, body: digestOf('{ }') },
  ].map(requestText);
  expect(new Set([text, ...others, lineText(text)]).size).toBe(6);
  expect(text).toBe(`nhipcau request 1\nPOST\n/api/x?a=1\n17\n${digestOf('{}')}`);
});

test('a signature is read as it was written, and nothing else is one', () => {
  const signature = { key: 'B'.repeat(87), at: 1_736_726_400_000, signature: 'c'.repeat(86) };
  expect(readSignature(writeSignature(signature))).toEqual(signature);
  for (const text of [
    '',
    'x',
    `${'B'.repeat(86)} 1 ${'c'.repeat(86)}`,
    `${writeSignature(signature)} `,
    `${'B'.repeat(87)} -1 ${'c'.repeat(86)}`,
  ]) {
    expect(readSignature(text)).toBeNull();
  }
});
