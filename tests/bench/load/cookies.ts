import { COOKIE, ticketOf } from '../../../server/sign-in/cookie.ts';
import { tokenOf } from './nation.ts';

/** The `Cookie` header of the host of a door, or of the organizer. */
export function cookieOf(door: number): string {
  return `${COOKIE}=${ticketOf(tokenOf(door), tokenOf(door)).value}`;
}
