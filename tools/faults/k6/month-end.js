// The 30th of the month: every township marks, villages look at the boards of the
// month before, a few at the new one as soon as it is out. Requests come at the
// rate of the day, whether earlier ones were answered or not; an hour of it is
// pressed into LENGTH with a peak in the middle of it.
import { among, compare, list, office, recompute, thresholds, village } from './service.js';

const rate = Number(__ENV.RATE || 50); // requests a second at the peak
const length = Number(__ENV.LENGTH || 60); // seconds

export const options = {
  discardResponseBodies: false,
  scenarios: {
    day: {
      executor: 'ramping-arrival-rate',
      startRate: Math.ceil(rate / 5),
      timeUnit: '1s',
      preAllocatedVUs: 50,
      maxVUs: 500,
      stages: [
        { target: rate, duration: `${Math.ceil(length * 0.3)}s` },
        { target: rate, duration: `${Math.ceil(length * 0.5)}s` },
        { target: Math.ceil(rate / 5), duration: `${Math.ceil(length * 0.2)}s` },
      ],
    },
  },
  thresholds,
};

export default function () {
  among([
    [55, village],
    [20, office],
    [15, list],
    [8, compare],
    [2, recompute],
  ]);
}
