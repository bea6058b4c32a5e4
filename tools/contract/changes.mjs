// What has changed between two schemas, as graphql-inspector sees it.
import { readFileSync } from 'node:fs';
import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

export async function changes(before, after) {
  const [old, now] = [before, after].map((file) => buildSchema(readFileSync(file, 'utf8')));
  const all = await diff(old, now);
  return {
    old,
    now,
    list: all
      .map((c) => ({ level: c.criticality.level, type: c.type, path: c.path ?? '', message: c.message }))
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.type < b.type ? -1 : a.type > b.type ? 1 : 0)),
  };
}
