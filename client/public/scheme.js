// Before the first paint, so that a dark page never flashes white. A file of its own: the policy allows no inline script.
(function () {
  var kept = null;
  try {
    kept = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage may be closed to us (private window): the machine's own scheme then holds.
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var scheme = kept === 'light' || kept === 'dark' ? kept : dark ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
