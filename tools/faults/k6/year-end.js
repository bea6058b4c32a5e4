// The week of the year's end: counties compare the whole year, auditors take
// bundles, villages look their year up, and the offices mark December.
import { among, compare, list, office, recompute, thresholds, village } from './service.js';

const rate = Number(__ENV.RATE || 50); // requests a second
const length = Number(__ENV.LENGTH || 60); // seconds

export const options = {
  scenarios: {
    week: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${length}s`,
      preAllocatedVUs: 50,
      maxVUs: 500,
    },
  },
  thresholds,
};

export default function () {
  among([
    [35, village],
    [25, compare],
    [15, list],
    [15, office],
    [10, recompute],
  ]);
}
