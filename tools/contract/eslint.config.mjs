// How the public contract is linted: every recommended rule for schemas and
// every Relay rule of graphql-eslint. What is let through stands here, with
// its reason; an exception that nothing needs any more fails the check.
import plugin from '@graphql-eslint/eslint-plugin';

export const configOf = (schema) => [
  {
    files: ['**/*.graphql'],
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { '@graphql-eslint': plugin },
    linterOptions: { noInlineConfig: true },
    rules: {
      ...plugin.configs['flat/schema-recommended'].rules,
      ...plugin.configs['flat/schema-relay'].rules,
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
        },
      ],
      // Not every list grows: bounded ones (a round's panels, a payload's user
      // errors) are plain lists, and that those that grow are connections is
      // for a person to see. That connections are Relay's is held by the rest.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // What has an identity is a Node and has an id, which a test of graph
      // holds; lines of a table, payloads and pages are values and have none.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
];

// {rule, at: a coordinate (Type, Type.field, Type.field(argument:)) or a
// pattern of one, why}
export const exceptions = [
  { rule: 'no-typename-prefix', at: 'Visit.visitedOn', why: 'the day somebody went there; Visit.on would say less' },
];
