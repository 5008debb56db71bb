import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'
import { descriptions } from './described.ts'

/** What repeats in many types is said here once: by the end of a type's name, or the name of a field or an argument. */
const repeated: readonly (readonly [pattern: RegExp, description: (name: string) => string])[] = [
  [/^\w*Error\.code$/, () => 'For programs: it does not change.'],
  [/^\w*Error\.message$/, () => 'For people: what is wrong, and what to do.'],
  [/^\w+Connection$/, () => 'A page of a list.'],
  [/^\w+Connection\.totalCount$/, () => 'How many there are on all pages.'],
  [/^\w+Connection\.edges$/, () => 'What stands on it.'],
  [/^\w+Connection\.pageInfo$/, () => 'Where it begins and ends, and whether there is more.'],
  [/^\w+Edge$/, () => 'An entry of a list.'],
  [/^\w+Edge\.cursor$/, () => 'Where it stands: for `after` and `before`.'],
  [/^\w+Edge\.node$/, () => 'What stands there.'],
  [/\(first\)$/, () => 'So many from the beginning, or after `after`: 1 to 100, 20 unless told.'],
  [/\(last\)$/, () => 'So many from the end, or before `before`: 1 to 100.'],
  [/\(after\)$/, () => 'The cursor of an entry: what comes behind it, with `first`.'],
  [/\(before\)$/, () => 'The cursor of an entry: what comes ahead of it, with `last`.'],
  [/^(\w+)Result$/, (name) => `What \`${fieldOf(name)}\` answers.`],
  [/^(\w+)Payload$/, (name) => `What \`${fieldOf(name)}\` has done.`],
  [/^(\w+)Input$/, (name) => `What \`${fieldOf(name)}\` is given.`],
  [/^\w+Input\.id$/, () => 'Which.'],
  [/\(input\)$/, () => 'What it is about.'],
  [/\((id|expressionId)\)$/, () => 'Of an Expression.'],
  [/^\w+\.id$/, () => 'By which `node`, and whatever takes an id, knows it.'],
  [/^\w+\.version$/, () => 'Of two payloads the one with the higher version is the newer.'],
  [/^\w+\.createdAt$/, () => 'When it was made.'],
  [/^\w+\.expiresAt$/, () => 'From when on it is refused.'],
  [/^\w+\.revokedAt$/, () => 'When it was revoked; null where it was not.'],
  [/^\w+\.name$/, () => 'For people.'],
  [/\.operator$/, () => 'Which kind of operation it is.'],
]

const fieldOf = (name: string): string => {
  const stem = name.replace(/(Result|Payload|Input)$/, '')
  return stem.charAt(0).toLowerCase() + stem.slice(1)
}

interface Described {
  description?: string | null | undefined
}

/** All that a client can name in a schema, but for what GraphQL itself has, by how it is called here. */
export function* namesOf(schema: GraphQLSchema): Generator<readonly [name: string, described: Described]> {
  for (const type of Object.values(schema.getTypeMap())) if (!type.name.startsWith('__')) yield* namesOfType(type)
}

function* namesOfType(type: GraphQLNamedType): Generator<readonly [string, Described]> {
  yield [type.name, type]
  if (isUnionType(type)) return
  if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value]
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field]
  if (isObjectType(type) || isInterfaceType(type))
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field]
      for (const arg of field.args) yield [`${type.name}.${field.name}(${arg.name})`, arg]
    }
}

/** Gives what has no description of its own the one that is said here. A test finds what has none then. */
export function describe(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, described] of namesOf(schema)) described.description ||= descriptionOf(name)
  return schema
}

function descriptionOf(name: string): string | undefined {
  if (name in descriptions) return descriptions[name]
  return repeated.find(([pattern]) => pattern.test(name))?.[1](name)
}
