import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Browser, Page } from 'playwright-core';

/** Of 0 to 1: letters stay readable, and a page is about 20 kB. */
const QUALITY = 0.5;
/** A wall is shown smaller than it is: it is made to be read from afar. */
const WIDEST = 1280;

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
      const packed = await darkroom.evaluate(pack, {
        png: shot.toString('base64'),
        quality: QUALITY,
        widest: WIDEST,
      });
      const bytes = Buffer.from(packed, 'base64');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      return bytes.length;
    },
  };
}

/** Runs in a page: a PNG as WebP, both in base64. */
async function pack(own: { png: string; quality: number; widest: number }): Promise<string> {
  const { png, quality, widest } = own;
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  const smaller = Math.min(1, widest / picture.naturalWidth);
  canvas.width = Math.round(picture.naturalWidth * smaller);
  canvas.height = Math.round(picture.naturalHeight * smaller);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', quality).split(',')[1] ?? '';
}
