import type { Server as HttpsServer } from 'node:https';

import type { RunningJob } from './jobs.ts';
import type { Tell } from './storage-trouble.ts';
import { readIdentity, sayExpiry, type Identity, type TlsFiles } from './tls.ts';

/** How often the files are looked at. */
const LOOK_MS = 30_000;
const DAY_MS = 86_400_000;

/** The certificate that a server shows now. */
export interface Served extends RunningJob {
  current(): Identity;
  /** Looks at the files now, as it does by itself every half minute. */
  look(): void;
}

/**
 * Takes in a renewed certificate without a restart: open connections go on, new ones see the new one. Files that do not fit
 * (a renewal writes them one after the other) leave the one before in use, and are told at the second look.
 *
 * @param host the name in the public address, which the new one has to cover as well
 */
export function serveRenewed(
  server: Pick<HttpsServer, 'setSecureContext'>,
  files: TlsFiles,
  first: Identity,
  { host, tell, clock }: { readonly host: string | null; readonly tell: Tell; readonly clock: () => number },
): Served {
  let current = first;
  let complaint = '';
  let saidComplaint = '';
  let saidExpiryAt = -Infinity;

  function look(): void {
    const found = readIdentity(files, host, clock());
    if (found.ok) {
      [complaint, saidComplaint] = ['', ''];
      if (found.value.cert !== current.cert || found.value.key !== current.key) {
        server.setSecureContext({ cert: found.value.cert, key: found.value.key });
        current = found.value;
        saidExpiryAt = -Infinity;
        const until = new Date(current.validUntil).toISOString().slice(0, 10);
        tell({
          vi: `Đã nhận chứng thư HTTPS mới, có hiệu lực đến ${until}.`,
          en: `Took in the new HTTPS certificate, valid until ${until}.`,
        });
      }
    } else {
      const vi = found.faults.map(({ of, said }) => `${of}: ${said.vi}`).join('; ');
      const en = found.faults.map(({ of, said }) => `${of}: ${said.en}`).join('; ');
      if (vi === complaint && vi !== saidComplaint) {
        saidComplaint = vi;
        tell({
          vi: `Không dùng được tệp chứng thư, vẫn dùng chứng thư cũ. ${vi}`,
          en: `The certificate files cannot be used; the one before stays in use. ${en}`,
        });
      }
      complaint = vi;
    }
    const expiry = sayExpiry(current.validUntil, clock());
    if (expiry !== null && clock() - saidExpiryAt >= DAY_MS) {
      saidExpiryAt = clock();
      tell(expiry);
    }
  }

  const timer = setInterval(look, LOOK_MS).unref();
  look();
  return {
    current: () => current,
    look,
    stop: async () => clearInterval(timer),
  };
}
