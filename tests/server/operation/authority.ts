import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  filesIn,
  makeCertificates,
  type CertificateFiles,
  type Wanted,
} from '../../../server/platform/certificates.ts';

/** A private authority in a folder of its own, with a certificate for this machine and an invented name. */
export interface TestAuthority {
  readonly folder: string;
  readonly files: CertificateFiles;
  remove(): Promise<void>;
}

export const NAME = 'nhipcau.xa-thu.local';

export async function testAuthority(wanted: Partial<Wanted> = {}): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-authority-'));
  const files = filesIn(join(folder, 'certificates'));
  const made = await makeCertificates(
    files,
    {
      names: [NAME, 'localhost', '127.0.0.1'],
      within: [],
      organization: 'Tỉnh Thử Nghiệm',
      days: 30,
      ...wanted,
    },
    Date.now(),
  );
  if (!made.ok) throw new Error(made.reason);
  return { folder, files, remove: () => rm(folder, { recursive: true, force: true }) };
}
