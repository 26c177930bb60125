import './app/oldBrowsers.ts';
import './app/styles.ts';

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { queries } from './api/queryClient.ts';
import { hearInstallOffer } from './app/install.ts';
import { startLanguage } from './app/language.ts';
import { router } from './app/router.tsx';
import { theme, variables } from './app/theme.ts';
import { keepUpToDate } from './app/update.ts';
import { hearEarlyKeys } from './door/earlyKeys.ts';

/** Letters that pull in the part of the font that every page needs. */
const LETTERS = 'aữ';
const FONT_PATIENCE_MS = 600;

/** A font that comes after the first paint moves every line; a slow one is not waited for. */
async function fontReady(): Promise<void> {
  const faces = ['400 1rem "Be Vietnam Pro"', '600 1rem "Be Vietnam Pro"'];
  const loading = Promise.all(faces.map((face) => document.fonts.load(face, LETTERS)));
  await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, FONT_PATIENCE_MS))]).catch(
    () => undefined,
  );
}

/** What the policy of this page asks of style elements; components and the scroll lock write some. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}

async function start(): Promise<void> {
  // The name under which libraries that write styles look for it.
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
  await Promise.all([startLanguage(), fontReady()]);
  const root = document.getElementById('root');
  if (root === null) throw new Error('no #root');
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

hearEarlyKeys();
hearInstallOffer();
void start();
keepUpToDate(router, queries);
