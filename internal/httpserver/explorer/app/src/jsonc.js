// Stands in for the module of the same name in @graphiql/react: variables and
// headers are formatted with jsonc-parser, which is there anyway, in place of
// Prettier's JavaScript parsers (half a megabyte).
import { applyEdits, format, parse, printParseErrorCode } from 'jsonc-parser';

export async function formatJSONC(content) {
  return applyEdits(content, format(content, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
}

export function parseJSONC(content) {
  const errors = [];
  const parsed = parse(content, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length) throw new SyntaxError(errors.map(({ error }) => printParseErrorCode(error)).join(', '));
  return parsed;
}

export function tryParseJSONC(json = '') {
  let parsed;
  try {
    parsed = parseJSONC(json);
  } catch (error) {
    throw new Error(`不是有效的 JSON：${error instanceof Error ? error.message : error}`);
  }
  if (!parsed) return undefined;
  if (typeof parsed !== 'object' || Array.isArray(parsed)) throw new TypeError('应为一个 JSON 对象');
  return parsed;
}
