// A small client: typed operations over fetch, one credential, and the three
// things a program has to get right. Codes decide, never messages; what may be
// repeated is repeated; a mutation is repeated under one key, so that it is
// done once.
import type { TypedDocumentString } from './gql/graphql.js';

/** A refusal of a whole request: no credential, a limit, or a fault of the server. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly codes: string[],
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

export interface UserError {
  field: string;
  code: string;
  message: string;
}

/** A mutation that was refused: nothing was changed, and every reason is told at once. */
export class Rejected extends Error {
  constructor(readonly userErrors: UserError[]) {
    super(userErrors.map((e) => `${e.field || '–'}: ${e.code}: ${e.message}`).join('\n'));
    this.name = 'Rejected';
  }
}

interface Answer<R> {
  data?: R | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export interface Options {
  url: string;
  token: string;
  language?: 'zh-Hans' | 'en';
  /** How often a request is sent at most. */
  tries?: number;
}

export class Client {
  constructor(private readonly options: Options) {}

  /** Asks a query. It changes nothing, so that it is sent again when the network fails. */
  query<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
    return this.send(document, variables, {});
  }

  /**
   * Does a mutation once: every try carries the same Idempotency-Key, by which
   * the server gives the first answer again instead of doing it twice.
   */
  mutate<R, V>(document: TypedDocumentString<R, V>, variables: V, key: string = crypto.randomUUID()): Promise<R> {
    return this.send(document, variables, { 'Idempotency-Key': key });
  }

  private async send<R, V>(document: TypedDocumentString<R, V>, variables: V, headers: Record<string, string>): Promise<R> {
    const tries = this.options.tries ?? 4;
    for (let n = 1; ; n++) {
      let wait = 200 * 2 ** (n - 1);
      try {
        const response = await fetch(this.options.url, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Accept: 'application/graphql-response+json, application/json;q=0.9',
            'Accept-Language': this.options.language ?? 'zh-Hans',
            Authorization: `Bearer ${this.options.token}`,
            ...headers,
          },
          body: JSON.stringify({ query: document.toString(), variables }),
        });
        const again = response.status === 429 || response.status === 503 || response.status === 409;
        if (!again || n >= tries) return await read<R>(response);
        wait = Math.max(wait, 1000 * Number(response.headers.get('Retry-After') ?? 0));
        await response.body?.cancel();
      } catch (problem) {
        if (problem instanceof Refused || n >= tries) throw problem; // the server has spoken, or it is enough
      }
      await new Promise((resume) => setTimeout(resume, wait));
    }
  }
}

async function read<R>(response: Response): Promise<R> {
  const answer = (await response.json()) as Answer<R>;
  if (answer.errors?.length || !answer.data) {
    const errors = answer.errors ?? [];
    const codes = errors.map((e) => e.extensions?.code ?? 'UNKNOWN');
    throw new Refused(response.status, codes, errors.map((e) => e.message).join('\n') || `status ${response.status}`);
  }
  return answer.data;
}

/** Gives a payload on, or throws every reason why nothing was done. */
export function accepted<P extends { userErrors: UserError[] }>(payload: P): P {
  if (payload.userErrors.length > 0) throw new Rejected(payload.userErrors);
  return payload;
}
