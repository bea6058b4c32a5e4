import type { Client, CombinedError } from 'urql';
import { problemOf, RefusedError, type UserError } from '@/api/problem';
import { upload } from '@/api/upload';
import { JudgeCorrectDocument, JudgePhotoDocument, JudgeSubmitDocument } from './operations';
import { markInput, placeIn, type Answer, type Wire } from './queue';

/** Refusals that pass by themselves: too many at once, a service that restarts. */
const passing = new Set(['THROTTLED', 'REQUEST_TIMEOUT', 'INTERNAL', 'PLAN_LIMIT', '']);

function told(error: CombinedError | undefined, errors: readonly UserError[] | undefined): Answer {
  if (error) {
    const problem = problemOf(error);
    if (problem.kind !== 'refused') return { kind: 'later', why: problem.kind };
    if (passing.has(problem.code)) return { kind: 'later', why: 'busy' };
    return { kind: 'refused', errors: [{ code: problem.code, message: problem.message, at: null }] };
  }
  if (!errors) return { kind: 'later', why: 'busy' };
  if (errors.length === 0) return { kind: 'done' };
  return { kind: 'refused', errors: errors.map((e) => ({ code: e.code, message: e.message, at: placeIn(e.field) })) };
}

/** One piece alone: whatever is wrong is wrong with it. */
const alone = (answer: Answer): Answer => answer.kind === 'refused' ? { ...answer, errors: answer.errors.map((e) => ({ ...e, at: null })) } : answer;

/** The way to the service, over GraphQL and the route for files. */
export function wireOf(client: Client): Wire {
  return {
    async marks(round, batch) {
      const { data, error } = await client.mutation(JudgeSubmitDocument, { input: { round, marks: batch.map(markInput) } });
      return told(error, data?.marksSubmit.userErrors);
    },
    async correct(w) {
      if (w.work.kind !== 'correct') return { kind: 'done' };
      const { mark, reason, value, detail } = w.work;
      const { data, error } = await client.mutation(JudgeCorrectDocument, { input: { mark, id: w.id, reason, ...(value !== undefined ? { value } : {}), ...(detail ? { detail } : {}) } });
      return alone(told(error, data?.markCorrect.userErrors));
    },
    async photo(w, kept) {
      if (w.work.kind !== 'photo') return { kind: 'done' };
      let file = w.work.kept;
      if (!file) {
        const body = new FormData();
        body.append('file', w.work.file, w.work.fileName);
        try {
          file = (await upload<{ id: string }>('/evidence', body, undefined, { 'X-Leitai-Upload': '1' })).id;
        } catch (e) {
          if (!(e instanceof RefusedError)) return { kind: 'later', why: 'offline' };
          if (e.status === 401) return { kind: 'later', why: 'signedOut' };
          if (e.status >= 500 || e.status === 429) return { kind: 'later', why: 'busy' };
          return { kind: 'refused', errors: [{ code: e.problem.code, message: e.problem.message, at: null }] };
        }
        await kept(file);
      }
      const { competition, unitCode, takenOn, note } = w.work;
      const { data, error } = await client.mutation(JudgePhotoDocument,
        { input: { competition, round: w.round, unitCode, kind: 'PHOTO', takenOn, file, note, ...(w.item ? { item: w.item } : {}) } }, { key: w.id });
      return alone(told(error, data?.evidenceAdd.userErrors));
    },
  };
}
