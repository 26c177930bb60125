import { join } from 'node:path';

/**
 * With what every visit begins: the program itself and the page to sign in. All that they need comes in one file: fewer answers to wait
 * for on a slow line, and one text compresses better than thirty.
 */
const BEGINS = ['main.tsx', 'signin/SignInPage.tsx'];

/** Modules that hand on everything that their package has. Who imports one needs what it names, not all of it. */
const HANDS_ON = /\/@mantine\/(core|hooks)\/esm\/index\.mjs$/;
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']/g;

interface Modules {
  getModuleInfo(id: string): { readonly code: string | null; readonly importedIds: readonly string[] } | null;
}

/** Which modules go into the file `first`; null for what is divided by the pages that need it. */
export function firstFile(): (id: string, modules: Modules) => string | null {
  const first = new Set<string>();
  return (id, modules) => {
    if (first.size === 0)
      for (const path of BEGINS) collect(join(import.meta.dirname, 'client/src', path), first, modules);
    return first.has(id) ? 'first' : null;
  };
}

function collect(id: string, into: Set<string>, modules: Modules): void {
  const info = modules.getModuleInfo(id);
  if (info === null || into.has(id)) return;
  into.add(id);
  for (const needed of info.importedIds) {
    if (!HANDS_ON.test(needed)) collect(needed, into, modules);
    else {
      const names = namesFrom(info.code ?? '', /^@mantine\//);
      for (const found of behind(needed, names, modules)) collect(found, into, modules);
    }
  }
}

/** What a module imports by name from wherever the pattern says. */
function namesFrom(code: string, where: RegExp): ReadonlySet<string> {
  const names = [...code.matchAll(IMPORT)]
    .filter(([, , from = '']) => where.test(from))
    .flatMap(([, list = '']) => list.split(','));
  return new Set(names.map((name) => name.trim().split(/\s+as\s+/)[0] ?? ''));
}

/** The modules of a package that give some names. */
function behind(id: string, names: ReadonlySet<string>, modules: Modules): string[] {
  const info = modules.getModuleInfo(id);
  const paths = [...(info?.code ?? '').matchAll(IMPORT)]
    .filter(([, list = '']) => list.split(',').some((name) => names.has(name.trim())))
    .map(([, , from = '']) => join(id, '..', from));
  return paths.filter((path) => info?.importedIds.includes(path));
}
