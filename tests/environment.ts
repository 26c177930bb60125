/**
 * What a program that a test starts gets of the test's own environment: where things are, and where Node keeps what it has compiled.
 * Of the program's settings only a port for pictures that no other test has.
 */
export const BARE_ENVIRONMENT = {
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  MEDIA_PORT: '0',
};
