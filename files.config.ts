import { join } from 'node:path';

/**
 * What comes in one file, and with which modules each begins: fewer answers to wait for on a slow line, and one text compresses better
 * than thirty. A module goes into the first of them that needs it; all others are divided by the pages that need them.
 */
const FILES = {
  /** With what every visit begins: the program itself and the page to sign in. */
  first: ['main.tsx', 'signin/SignInPage.tsx'],
  /** What a door shares with pages of the office: those need not fetch the door for it. */
  shared: [
    'api/line.ts',
    'api/queries.ts',
    'app/AccountMenu.tsx',
    'parts/StateMark.tsx',
    'parts/VirtualRows.tsx',
    'parts/serverClock.ts',
    '../../domain/text/names.ts',
    '../../domain/text/numbers.ts',
    '../../domain/text/search.ts',
    '../../domain/wire/attendance.ts',
  ],
  /** A door, from its pairing to its list, with its words. */
  door: ['door/DoorPage.tsx', 'app/language/viDoor.ts'],
};

/** Modules that hand on everything that their package has. Who imports one needs what it names, not all of it. */
const HANDS_ON = /\/@mantine\/(core|hooks)\/esm\/index\.mjs$/;
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']/g;

interface Modules {
  getModuleInfo(id: string): { readonly code: string | null; readonly importedIds: readonly string[] } | null;
}

/** The files above as the build takes them. */
export const together = Object.entries(FILES).map(([name, begins], index, { length }) => {
  const modules = new Set<string>();
  return {
    priority: length - index,
    debugName: name,
    name: (id: string, known: Modules): string | null => {
      if (modules.size === 0)
        for (const path of begins) collect(join(import.meta.dirname, 'client/src', path), modules, known);
      return modules.has(id) ? name : null;
    },
  };
});

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
