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
      '@graphql-eslint/require-deprecation-reason': 'error',
    },
  },
];

// {rule, at: a coordinate (Type, Type.field, Type.field(argument:)) or a
// pattern of one, why}
export const exceptions = [];
