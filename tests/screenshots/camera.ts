import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Browser, Page } from 'playwright-core';

/** Of 0 to 1: letters stay sharp, and a page is about 20 kB. */
const QUALITY = 0.7;

/** Makes pictures of pages as WebP, which the browser writes and Playwright does not. */
export interface Camera {
  take(page: Page, file: string): Promise<number>;
  close(): Promise<void>;
}

export async function openCamera(browser: Browser): Promise<Camera> {
  const darkroom = await browser.newPage();
  return {
    close: () => darkroom.close(),
    take: async (page, file) => {
      const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      const packed = await darkroom.evaluate(pack, { png: shot.toString('base64'), quality: QUALITY });
      const bytes = Buffer.from(packed, 'base64');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      return bytes.length;
    },
  };
}

/** Runs in a page: a PNG as WebP, both in base64. */
async function pack({ png, quality }: { png: string; quality: number }): Promise<string> {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1] ?? '';
}
