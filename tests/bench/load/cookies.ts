import { COOKIE } from '../../../server/sign-in/authentication.ts';
import { tokenOf } from './nation.ts';

/** The `Cookie` header of the host of a door, or of the organizer. */
export function cookieOf(door: number): string {
  return `${COOKIE}=${tokenOf(door)}`;
}
