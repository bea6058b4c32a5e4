import type { CombinedError } from 'urql';

/** What a refused input says: the message is in the reader's language already. */
export interface UserError {
  field: string;
  code: string;
  message: string;
  subjects: string[];
  row?: number | null;
  column?: string | null;
}

/** Why something was not done, as a page shows it. */
export interface Problem {
  /** offline: nobody answered; signedOut: the session is over; refused: the service said no. */
  kind: 'offline' | 'signedOut' | 'refused';
  code: string;
  message: string;
  requestId: string;
}

interface RefusalExtensions { code?: unknown; requestId?: unknown }

/** The body of every refused request, GraphQL or not. */
export interface Refusal {
  errors?: { message?: string; extensions?: RefusalExtensions }[];
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

export function problemOf(error: CombinedError): Problem {
  const first = error.graphQLErrors[0];
  if (first) return refused(first.message, first.extensions);
  const refusal = refusalOf(error.networkError);
  if (refusal) return refusal;
  return { kind: 'offline', code: 'OFFLINE', message: '', requestId: '' };
}

function refused(message: string, extensions: RefusalExtensions | undefined): Problem {
  const code = text(extensions?.code);
  return { kind: code === 'UNAUTHENTICATED' ? 'signedOut' : 'refused', code, message, requestId: text(extensions?.requestId) };
}

/** A refusal that a request outside GraphQL met, or the transport itself. */
export class RefusedError extends Error {
  readonly status: number;
  readonly problem: Problem;
  readonly all: { message: string; code: string; field: string }[];

  constructor(status: number, body: Refusal) {
    const errors = body.errors ?? [];
    super(errors[0]?.message ?? String(status));
    this.status = status;
    this.problem = refused(errors[0]?.message ?? '', errors[0]?.extensions);
    this.all = errors.map((e) => ({ message: e.message ?? '', code: text(e.extensions?.code), field: text((e.extensions as { field?: unknown } | undefined)?.field) }));
  }
}

function refusalOf(error: unknown): Problem | null {
  return error instanceof RefusedError ? error.problem : null;
}
