// Writes docs/schema-changelog.md: what of the public contract changed between
// releases, made of the schemas themselves.
//
//   node changelog.mjs                     prints the file as it should be
//   node changelog.mjs --write             writes it
//   node changelog.mjs --release 1.2.3 2027-01-31
//       names what is unreleased after a release and keeps the schema as released
//
// Sections of releases are never rewritten; the one that is not released yet is
// made anew each time, of graph/released.graphql and graph/schema.graphql.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { changes } from './changes.mjs';
import { section } from './section.mjs';

const at = (path) => fileURLToPath(new URL('../../' + path, import.meta.url));
const file = at('docs/schema-changelog.md');
const released = at('graph/released.graphql');
const schema = at('graph/schema.graphql');

const head = `# 接口变更 Schema changelog

<!-- Made by tools/contract/changelog.mjs of the schemas of two releases; run make schema-changelog. -->

每个版本的接口改了什么，由前后两版的接口描述比对得出。弃用的内容写明日期，六个月后才可能删除。What changed in the public contract from release to release, made by comparing the schemas. Whatever is deprecated carries a date and stays for six months at least.
`;
const unreleased = '## 尚未发布 Unreleased';

const old = read(file);
const past = old.slice(Math.max(old.search(/^## \d/m), 0)); // from the newest release on
const isPast = /^## \d/.test(past);
const now = await changes(released, schema);
const body = section(now);
const mode = process.argv[2];
if (mode === '--release') {
  const [version, date] = process.argv.slice(3);
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '') || !/^\d{4}-\d\d-\d\d$/.test(date ?? '')) {
    console.error('usage: node changelog.mjs --release 1.2.3 2027-01-31');
    process.exit(1);
  }
  writeFileSync(file, whole(`## ${version} – ${date}\n\n${body}`));
  writeFileSync(released, `# Released as ${version}.\n${readFileSync(schema, 'utf8')}`);
} else {
  const text = whole(`${unreleased}\n\n${body}`);
  if (mode === '--write') writeFileSync(file, text);
  else process.stdout.write(text);
}

function whole(first) {
  return [head, first, ...(isPast ? [past] : [])].map((part) => part.trimEnd() + '\n').join('\n');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
