import { once } from 'node:events';

import { PAPER_TYPES } from '../../domain/papers/kind.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import { readPart, type PaperRow } from './store.ts';

/** A paper as it was added, read part by part as it is sent. */
export function paperFile({ database }: Context, { id, name, kind, size }: PaperRow): Document {
  return {
    type: PAPER_TYPES[kind],
    filename: name,
    async write(out, signal) {
      let sent = 0;
      for (let place = 0; sent < size; place += 1) {
        const part = await readPart(database.read, id, place);
        // Taken away while it was read: whoever reads must not take the half for the whole.
        if (part === undefined) throw new Error('the paper has gone');
        sent += part.length;
        if (!out.write(part)) await once(out, 'drain', { signal });
      }
      out.end();
    },
  };
}
