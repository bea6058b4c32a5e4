import { keptLanguage } from '@/words/language';
import { RefusedError } from './problem';

/**
 * rest asks one of the routes beside GraphQL (sign-in, uploads). It gives the
 * JSON that came back, undefined for an empty answer, and throws RefusedError.
 */
export async function rest<T>(method: string, path: string, body?: unknown, more: RequestInit = {}): Promise<T> {
  const plain = body instanceof FormData || body instanceof Blob;
  const answer = await fetch(path, {
    ...more, method, credentials: 'same-origin',
    headers: { 'Accept-Language': keptLanguage(), Accept: 'application/json', ...(body !== undefined && !plain ? { 'Content-Type': 'application/json' } : {}), ...(more.headers as Record<string, string> | undefined) },
    body: body === undefined ? null : plain ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  let value: unknown;
  try {
    value = text === '' ? undefined : JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!answer.ok) throw new RefusedError(answer.status, (value ?? {}));
  return value as T;
}
