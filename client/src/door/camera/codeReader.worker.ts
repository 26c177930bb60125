import {
  BarcodeDetector as Ponyfill,
  type BarcodeFormat,
  prepareZXingModule,
} from 'barcode-detector/ponyfill';
import zxing from 'zxing-wasm/reader/zxing_reader.wasm?url';

/**
 * Reads codes in pictures, apart from the page: its hands stay free, and only this file may run WebAssembly. By the browser
 * itself where it can (most phones), else by ZXing.
 */
const FORMATS = ['qr_code', 'code_128'] as const satisfies readonly BarcodeFormat[];

interface Detector {
  detect(picture: ImageData): Promise<readonly { readonly rawValue: string }[]>;
}
interface OwnDetector {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

async function detectorOf(): Promise<Detector> {
  const { BarcodeDetector: Own } = self as unknown as { BarcodeDetector?: OwnDetector };
  const known = (await Own?.getSupportedFormats().catch(() => [])) ?? [];
  if (Own !== undefined && known.includes('qr_code')) {
    return new Own({ formats: FORMATS.filter((format) => known.includes(format)) });
  }
  await prepareZXingModule({ overrides: { locateFile: () => zxing }, fireImmediately: true });
  return new Ponyfill({ formats: [...FORMATS] });
}

/** What a page is told of each picture that it sends; `failed` where nothing on this machine can read codes. */
export type Reading = { readonly texts: readonly string[] } | { readonly failed: true };

let detector: Promise<Detector> | null = null;

self.addEventListener('message', ({ data }: MessageEvent<ImageData>) => {
  const read = async (): Promise<Reading> => {
    try {
      detector ??= detectorOf();
      const codes = await (await detector).detect(data);
      return { texts: codes.map(({ rawValue }) => rawValue).filter((text) => text !== '') };
    } catch {
      detector = null;
      return { failed: true };
    }
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void read().then((reading) => self.postMessage(reading));
});
