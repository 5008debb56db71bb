import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql'

/** A field of Query, Mutation or Subscription. */
export interface RootField {
  readonly operation: 'query' | 'mutation' | 'subscription'
  readonly field: GraphQLField<unknown, unknown>
}

export function rootFieldsOf(schema: GraphQLSchema): RootField[] {
  const types = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
  return types.flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ operation, field })),
  )
}

/** The scopes that a root field names; undefined where it names none, so that it is open to all. */
export function scopesOf({ field }: RootField): readonly string[] | undefined {
  const { authScopes } = (field.extensions['pothosOptions'] ?? {}) as { authScopes?: Record<string, boolean> }
  return authScopes && Object.keys(authScopes)
}

/** A document that asks for a root field with arguments of the right types, all ids being of this kind. */
export function documentFor({ operation, field }: RootField, idType: string): string {
  const id = Buffer.from(`${idType}:018f0000-0000-7000-8000-000000000000`).toString('base64')
  const args = field.args.filter(isRequired).map((arg) => `${arg.name}: ${literalOf(arg.type, id)}`)
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'
  return `${operation} { ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${selection} }`
}

function literalOf(type: GraphQLInputType, id: string): string {
  const inner = getNullableType(type)
  if (isListType(inner)) return `[${literalOf(inner.ofType, id)}]`
  if (isEnumType(inner)) return inner.getValues()[0]?.name ?? ''
  if (isInputObjectType(inner)) {
    const all = Object.values(inner.getFields())
    const fields = inner.isOneOf ? all.slice(0, 1) : all.filter(isRequired)
    return `{ ${fields.map((field) => `${field.name}: ${literalOf(field.type, id)}`).join(', ')} }`
  }
  switch (inner.name) {
    case 'ID':
      return `"${id}"`
    case 'Boolean':
      return 'true'
    case 'Int':
    case 'Float':
      return '1'
    default:
      return '"text"'
  }
}

const isRequired = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean =>
  isNonNullType(type) && defaultValue === undefined
