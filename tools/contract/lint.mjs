// Lints a schema and prints what it found:
//
//   node lint.mjs …/schema.graphql
//
// {"rules":[…],"findings":[{"rule","at","line","message"}],"excepted":3,"unused":[exceptions that nothing needed]}
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { Kind, parse, visit } from 'graphql';
import { configOf, exceptions } from './eslint.config.mjs';
import { tell } from './asked.mjs';

const file = resolve(process.argv[2]);
const text = readFileSync(file, 'utf8');
const config = configOf(file);
const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: config });
const [result] = await eslint.lintText(text, { filePath: 'schema.graphql' });

const at = coordinates(text);
const used = new Set();
const findings = [];
let excepted = 0;
for (const m of result.messages) {
  const finding = { rule: m.ruleId?.replace('@graphql-eslint/', '') ?? 'parse', at: at(m.line, m.column), line: m.line, message: m.message };
  const exception = exceptions.find((e) => e.rule === finding.rule && matches(e.at, finding.at));
  if (exception) {
    used.add(exception);
    excepted++;
  } else {
    findings.push(finding);
  }
}
tell({ rules: Object.keys(config[0].rules).sort(), findings, excepted, unused: exceptions.filter((e) => !used.has(e)) });

function matches(wanted, coordinate) {
  return wanted instanceof RegExp ? wanted.test(coordinate) : wanted === coordinate;
}

// coordinates gives the schema coordinate of the innermost definition at a
// place of the text.
function coordinates(source) {
  const lines = source.split('\n');
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1) + line.length + 1);
  const all = [];
  const names = [];
  const named = (node) => node.name && (node.kind.endsWith('Definition') || node.kind.endsWith('Extension'));
  let document;
  try {
    document = parse(source);
  } catch {
    return () => '';
  }
  visit(document, {
    enter(node) {
      if (!named(node)) return;
      names.push(node.name.value);
      all.push({ start: node.loc.start, end: node.loc.end, name: spelt(names, node) });
    },
    leave(node) {
      if (named(node)) names.pop();
    },
  });
  return (line, column) => {
    const offset = starts[line - 1] + (column - 1);
    let best;
    for (const d of all) {
      if (d.start <= offset && offset < d.end && (!best || d.end - d.start < best.end - best.start)) best = d;
    }
    return best?.name ?? '';
  };
}

function spelt(names, node) {
  if (node.kind === Kind.INPUT_VALUE_DEFINITION && names.length === 3) return `${names[0]}.${names[1]}(${names[2]}:)`;
  return names.join('.');
}
