import { keptLanguage } from '@/words/language';
import { RefusedError, type Refusal } from './problem';

/** How far a file has come, 0 to 1. */
export type Progress = (part: number) => void;

/**
 * upload sends a file and tells how far it has come, which fetch cannot. It
 * throws RefusedError when the service refuses, TypeError when nobody answers.
 */
export function upload<T>(path: string, body: FormData | Blob, progress?: Progress, headers: Record<string, string> = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Accept-Language', keptLanguage());
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (e) => { if (e.lengthComputable) progress?.(e.loaded / e.total); };
    request.onerror = () => reject(new TypeError('nobody answered'));
    request.onload = () => {
      let value: unknown;
      try { value = JSON.parse(request.responseText); } catch { value = {}; }
      if (request.status >= 200 && request.status < 300) resolve(value as T);
      else reject(new RefusedError(request.status, value as Refusal));
    };
    request.send(body);
  });
}
