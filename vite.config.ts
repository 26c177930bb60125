import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

import { together } from './files.config.ts';
import { verifierConfig } from './verifier.config.ts';

/** Beside the pages, the verifier of exports. */
const verifier: Plugin = {
  name: 'verifier',
  apply: 'build',
  closeBundle: async () => void (await build(verifierConfig('client/dist'))),
};

/** Beside each text or program among the assets the same compressed: the server hands them out and never compresses one itself. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  closeBundle: {
    order: 'post',
    handler: async () => {
      const assets = 'client/dist/assets';
      const files = (await readdir(assets)).filter((file) => /\.(js|css|svg|wasm)$/.test(file));
      const write = async (file: string): Promise<void> => {
        const path = join(assets, file);
        const bytes = await readFile(path);
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      };
      await Promise.all(files.map(write));
    },
  },
};

/** Only the server describes its messages as JSON schemas: zod's part for that stays out of the pages, 5 kB compressed. */
const noJsonSchemas: Plugin = {
  name: 'no-json-schemas',
  enforce: 'pre',
  load: {
    filter: { id: /\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/ },
    handler: async (id) => {
      const names = (await readFile(id, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm);
      return Array.from(names, ([, name]) => `export const ${name} = () => undefined;`).join('\n');
    },
  },
};

export default defineConfig({
  root: 'client',
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: 'STYLE-NONCE' },
  // The last Chrome of Windows 7 and 8 is 109; commune offices still have it.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'chrome109',
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { output: { codeSplitting: { groups: together } } },
  },
  // Its package offers bundlers the build for browsers without classes; the modern one is smaller by a tenth.
  resolve: { alias: { dexie: 'dexie/dist/modern/dexie.mjs' } },
  worker: { format: 'es' },
  plugins: [
    react(),
    noJsonSchemas,
    verifier,
    compressed,
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: null,
      manifest: {
        name: 'Nhịp Cầu',
        short_name: 'Nhịp Cầu',
        description: 'Lên lịch hội nghị qua các điểm cầu và giữ sổ ai đã có mặt',
        theme_color: '#1a5687',
        lang: 'vi',
        display: 'standalone',
        start_url: '/',
        id: '/',
        background_color: '#ffffff',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-whole.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,wasm,woff2}'],
        navigateFallbackDenylist: [/^\/api\//, /^\/socket\.io\//, /^\/invitation(?:[/?]|$)/],
      },
    }),
  ],
});
