import { fold } from '../text/search.ts';

const LONGEST = 56;

/**
 * The name to sign in by for a person: `Đỗ Thị Phụ` becomes `do.thi.phu`. Whose it is already, somebody else gets a
 * number behind it: `do.thi.phu.2`. What has no letters to take is called a host (`phu-trach`).
 */
export function usernameFor(name: string, attempt: number): string {
  const words = fold(name)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const whole = words.join('.').slice(0, LONGEST).replace(/\.+$/, '');
  const base = whole.length >= 3 ? whole : 'phu-trach';
  return attempt <= 1 ? base : `${base}.${attempt}`;
}
