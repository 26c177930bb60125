import { hashPassword } from '../../../server/sign-in/passwords.ts';

/** What is kept of a password, where nobody else signs in. */
export async function hashed(password: string): Promise<string> {
  const made = await hashPassword(password);
  if (!made.ok) throw new Error('too many passwords wait');
  return made.value;
}
