// Prints every change between two schemas as JSON:
//
//   node diff.mjs before.graphql after.graphql
//
// [{"level":"BREAKING"|"DANGEROUS"|"NON_BREAKING","type":"FIELD_REMOVED","path":"Round.state","message":"…"}]
import { changes } from './changes.mjs';
import { tell } from './asked.mjs';

tell((await changes(process.argv[2], process.argv[3])).list);
