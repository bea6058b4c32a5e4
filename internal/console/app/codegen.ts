import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';

// Typed documents from the committed SDL: an operation that the schema does not
// answer is no operation, before it is ever sent. Every folder that holds
// operations has its own operations.ts, so that a page loads only what it asks;
// inputs and enums are types alone and stand once, in src/api/schema.ts.
// AREA=rounds npm run generate makes those of one folder of pages.
const only = process.env.AREA ? join('src', 'pages', process.env.AREA) : '';
const folders = [...new Set(readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => join('src', dirname(file))))].sort().filter((folder) => !only || folder === only);

const plain = {
  useTypeImports: true,
  enumsAsTypes: true,
  skipTypename: true,
  defaultScalarType: 'unknown',
  scalars: { ID: 'string', Date: 'string', DateTime: 'string', Decimal: 'string' },
};

const config: CodegenConfig = {
  schema: '../../../graph/schema.graphql',
  generates: {
    ...(only ? {} : { 'src/api/schema.ts': { plugins: ['typescript'], config: { ...plain, onlyOperationTypes: true } } }),
    ...Object.fromEntries(folders.map((folder) => [`${folder}/operations.ts`, {
      documents: `${folder}/*.graphql`,
      plugins: [{ add: { content: "import type * as Types from '@/api/schema';" } }, 'typescript-operations', 'typed-document-node'],
      config: { ...plain, namespacedImportName: 'Types', optimizeDocumentNode: true, dedupeFragments: true },
    }])),
  },
};

export default config;
