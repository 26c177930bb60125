import { useEffect, useState } from 'react';

/**
 * The one-time token out of the link's fragment, which no server and no log ever sees. It is taken out of the address
 * at once, so that it does not stay in the history either. Empty where the link has none.
 */
export function useFragmentToken(): string {
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  useEffect(() => {
    if (window.location.hash !== '') {
      window.history.replaceState(window.history.state, '', window.location.pathname);
    }
  }, []);
  return token;
}
