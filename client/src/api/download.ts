import type { Contract } from '../../../domain/wire/contract.ts';
import { Problem } from '../../../domain/wire/problem.ts';
import { requestOf, type CallInput } from '../../../domain/wire/request.ts';
import { currentLanguage } from '../app/language.ts';
import { Refused, Unreachable, Unreadable } from './call.ts';

/**
 * Asks for a document by what stands in a body, and saves it as a file. The answer is read to its end before anything is saved:
 * half of it would look like the whole. Returns the file's name; throws as `call` does.
 */
export async function download<C extends Contract & { readonly answer: 'stream' }>(
  contract: C,
  input: CallInput<C>,
): Promise<string> {
  const { url, method, headers, body } = requestOf(contract, input, currentLanguage());
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
    ? (/filename="([^"]+)"/.exec(disposition)?.[1] ?? 'nhip-cau')
    : decodeURIComponent(written);
}
