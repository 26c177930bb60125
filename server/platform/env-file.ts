/**
 * Adds the settings of the file `.env` in the working folder to the environment of this process; what is set already stays.
 *
 * @returns what is wrong with the file, for the person at the console; null where it was read, or where there is none
 */
export function loadEnvFile(file = '.env'): string | null {
  try {
    process.loadEnvFile(file);
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return `${file}: không đọc được tệp / the file cannot be read`;
  }
}
