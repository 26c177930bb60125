import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

// oxlint-disable-next-line import/default -- Node hands out a module of the older kind as a whole.
import opentype from 'opentype.js';
import type { Plugin } from 'vite';

const FONT = '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-';
const WEIGHTS = [400, 600];
/** Of the size of the letters: a little less than the widest figure has of its own, so that the narrow 1 does not stand alone. */
const WIDTH = 0.645;
const FILE = 'virtual:figures.css';

/**
 * Be Vietnam Pro has figures of unequal width and no tabular ones: columns would not align, and numbers that move would shift
 * what stands beside them. As `virtual:figures.css` its ten figures on one width, a font of their own of four kilobytes.
 */
export const figures: Plugin = {
  name: 'figures',
  // Made here: there is no such file that the styles could be found to name.
  config: () => ({ build: { rolldownOptions: { external: [/^\/assets\/figures-/] } } }),
  resolveId: (id) => (id === FILE ? `\0${FILE}` : null),
  async load(id) {
    if (id !== `\0${FILE}`) return null;
    const faces = WEIGHTS.map(async (weight) => {
      const letters = new Uint8Array(await readFile(fileOf(weight)));
      // Of what goes in: a font holds the time of its making, and browsers keep a file by its name.
      const mark = createHash('sha256').update(letters).update(String(WIDTH)).digest('hex').slice(0, 8);
      const fileName = `assets/figures-${weight}-${mark}.otf`;
      this.emitFile({ type: 'asset', fileName, source: figuresOf(letters) });
      return face(weight, `/${fileName}`);
    });
    return (await Promise.all(faces)).join('\n');
  },
};

function face(weight: number, url: string): string {
  return `@font-face {
  font-family: Figures;
  font-display: swap;
  font-weight: ${weight};
  src: url('${url}') format('opentype');
  unicode-range: U+0030-0039;
}`;
}

function fileOf(weight: number): string {
  return createRequire(import.meta.url).resolve(`${FONT}${weight}-normal.woff`);
}

function figuresOf(letters: Uint8Array<ArrayBuffer>): Uint8Array {
  const font = opentype.parse(letters.buffer);
  const { unitsPerEm, ascender, descender } = font;
  const advanceWidth = Math.round(WIDTH * unitsPerEm);
  const figuresInMiddle = '0123456789'.split('').map((figure) => {
    const glyph = font.charToGlyph(figure);
    const moved = new opentype.Path();
    moved.commands = glyph.path.commands.map((command) =>
      movedBy((advanceWidth - (glyph.advanceWidth ?? 0)) / 2, command),
    );
    return new opentype.Glyph({
      name: `figure${figure}`,
      unicode: figure.charCodeAt(0),
      advanceWidth,
      path: moved,
    });
  });
  const none = new opentype.Glyph({ name: '.notdef', advanceWidth, path: new opentype.Path() });
  const own = new opentype.Font({
    familyName: 'Figures',
    styleName: 'Regular',
    unitsPerEm,
    ascender,
    descender,
    glyphs: [none, ...figuresInMiddle],
  });
  return new Uint8Array(own.toArrayBuffer());
}

function movedBy(right: number, command: opentype.PathCommand): opentype.PathCommand {
  const moved = { ...command };
  if ('x' in moved) moved.x += right;
  if ('x1' in moved) moved.x1 += right;
  if ('x2' in moved) moved.x2 += right;
  return moved;
}
