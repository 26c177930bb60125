import { Writable } from 'node:stream';

/** Everything that is written to a stream. */
export async function collected(write: (out: Writable) => Promise<void>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await write(
    new Writable({
      write(piece: Buffer, _encoding, done) {
        pieces.push(Buffer.from(piece));
        done();
      },
    }),
  );
  return Buffer.concat(pieces);
}
