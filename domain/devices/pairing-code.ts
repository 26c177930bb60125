/**
 * Letters of a pairing code (mã ghép máy): no two that look alike on paper (0 and O, 1 and I, 2 and Z, 5 and S, 6, 8), and none
 * of which Telex or VNI makes another one while it is typed.
 */
export const CODE_LETTERS = '3479BCFGHJKLMNPQRTVX';
/** 20^8, 25 billion: whoever may try twenty times in a quarter of an hour finds none. */
export const CODE_LENGTH = 8;

/** The code of so many numbers, each below the number of letters, that somebody drew at random. */
export function pairingCode(drawn: readonly number[]): string {
  return drawn.map((number) => CODE_LETTERS.charAt(number)).join('');
}

/** As it stands on paper: `KMPT-4X7V`. */
export function shownCode(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

/**
 * The code in what somebody typed or a scanner read, without hyphens and spaces, in capitals; null where there is none. A QR code
 * holds a link that ends in `#` and the code.
 */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFC')
    .slice(typed.lastIndexOf('#') + 1)
    .replaceAll(/[\s.-]/g, '')
    .toUpperCase();
  if (code.length !== CODE_LENGTH) return null;
  for (const letter of code) if (!CODE_LETTERS.includes(letter)) return null;
  return code;
}
