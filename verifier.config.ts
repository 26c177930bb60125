import type { InlineConfig } from 'vite';

/**
 * How the verifier of exports is built: one file that needs Node and nothing else. Not made small, so that whoever relies
 * on it can read it.
 */
export function verifierConfig(outDir: string): InlineConfig {
  return {
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    ssr: { noExternal: true },
    build: {
      ssr: 'server/cli/verifier.ts',
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'verify.mjs', codeSplitting: false } },
    },
  };
}
