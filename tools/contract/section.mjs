// One section of the changelog: the changes between two schemas, told to the
// author of a client.
import { isObjectType } from 'graphql';

const roots = { Query: '查询 Queries', Mutation: '操作 Mutations', Subscription: '订阅 Subscriptions' };

export function section({ old, now, list }) {
  const told = list.filter((c) => !isDescription(c) && !isUsage(c));
  const of = (level) => told.filter((c) => c.level === level && !isDeprecation(c)).map((c) => `- ${c.message}`);
  const mild = told.filter((c) => c.level === 'NON_BREAKING' && !isDeprecation(c));
  const added = mild.filter((c) => isAddition(c));
  const others = mild.filter((c) => !isAddition(c) && known(old, c.path));
  const ruled = list.filter((c) => isRule(c) && known(old, c.path));
  const described = list.filter((c) => isDescription(c) && known(old, c.path)).length;
  const parts = [
    block('不兼容 Breaking', of('BREAKING')),
    block('须留意 Dangerous', of('DANGEROUS')),
    block('弃用 Deprecated', told.filter(isDeprecation).map((c) => `- ${c.message}`)),
    ...Object.entries(roots).map(([root, title]) => block(`新增 Added: ${title}`, fieldsOf(added, now, root))),
    block('新增 Added: 已有类型的字段 on types that were there', elsewhere(added, old, now)),
    block('新增 Added: 类型 Types', types(added)),
    block('其他 Other', [...others, ...ruled].map((c) => `- ${isRule(c) ? `\`${c.path}\`: ` : ''}${c.message}`)),
    described > 0 ? `说明文字改动 ${described} 处。${described} descriptions changed.\n` : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('\n') : '没有变化。Nothing changed.\n';
}

function block(title, lines) {
  return lines.length > 0 ? `### ${title}\n\n${[...new Set(lines)].join('\n')}\n` : '';
}

const isDescription = (c) => c.type.includes('DESCRIPTION');
const isUsage = (c) => c.type.startsWith('DIRECTIVE_USAGE');
const isAddition = (c) => /_ADDED$/.test(c.type) && c.type !== 'OBJECT_TYPE_INTERFACE_ADDED';
// Who may ask, and which inputs take one field only, are told for what was there.
const isRule = (c) => isUsage(c) && /@(can|public|oneOf)\b/.test(c.path);
const isDeprecation = (c) => c.type.includes('DEPRECATION');

// known says whether what a path names, or hangs on, was in a schema already.
function known(schema, path) {
  const [name, field] = path.split('.');
  const type = schema.getType(name);
  if (!type || !field || field.startsWith('@')) return Boolean(type);
  return Boolean((type.getFields?.() ?? {})[field] ?? type.getValue?.(field));
}

function fieldsOf(added, now, root) {
  const fields = now.getType(root)?.getFields() ?? {};
  return added
    .map((c) => c.path.split('.'))
    .filter(([type, field, ...below]) => type === root && fields[field] && below.length === 0)
    .map(([, field]) => `- \`${field}\`: ${oneLine(fields[field].description)}`);
}

// elsewhere lists fields, arguments and values added to types that were there.
function elsewhere(added, old, now) {
  return added
    .filter((c) => {
      const [name, field, argument] = c.path.split('.');
      return field && old.getType(name) && (argument ? known(old, `${name}.${field}`) : !roots[name]);
    })
    .map((c) => {
      const [name, field, argument] = c.path.split('.');
      const type = now.getType(name);
      const it = type?.getFields?.()[field] ?? type?.getValue?.(field);
      const what = argument && isObjectType(type) ? it?.args.find((a) => a.name === argument) : it;
      return `- \`${c.path}\`: ${oneLine(what?.description)}`;
    });
}

function types(added) {
  const names = added.filter((c) => c.type === 'TYPE_ADDED').map((c) => `\`${c.path}\``);
  return names.length > 0 ? [names.join(', ')] : [];
}

function oneLine(text) {
  return (text ?? '').split(/\s+/).join(' ');
}
