import { api } from '../../../domain/wire/api.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import { Problem } from '../../../domain/wire/problem.ts';
import { requestOf } from '../../../domain/wire/request.ts';
import { Refused, Unreachable, Unreadable } from '../api/call.ts';
import { currentLanguage } from '../app/language.ts';

/**
 * Has codes made and saves their sheets as a file. The answer is read to its end before anything is saved: half an archive
 * would look like one, and the codes in the other half would be lost unseen.
 */
export async function downloadCodes(
  params: { readonly conference: string; readonly bridge: string },
  asked: BodyInput<typeof api.makeCodes>,
): Promise<string> {
  const { url, method, headers, body } = requestOf(api.makeCodes, { params, body: asked }, currentLanguage());
  let response: Response;
  let file: Blob;
  try {
    response = await fetch(url, { method, headers, body, credentials: 'same-origin' });
    file = await response.blob();
  } catch (error) {
    throw new Unreachable('no answer', { cause: error });
  }
  if (!response.ok) {
    const problem = Problem.safeParse(JSON.parse((await file.text()) || 'null'));
    throw problem.success ? new Refused(problem.data) : new Unreadable('problem');
  }
  const name = nameIn(response.headers.get('content-disposition') ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}

function nameIn(disposition: string): string {
  const written = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  return written === undefined
    ? (/filename="([^"]+)"/.exec(disposition)?.[1] ?? 'ma-kich-hoat.zip')
    : decodeURIComponent(written);
}
