import {
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
  specifiedScalarTypes,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

type Check = (value: unknown) => boolean
type Variables = Readonly<Record<string, unknown>>

const maxInt = 2 ** 31

const scalars: Readonly<Record<string, Check>> = {
  ID: (value) => typeof value === 'string',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && (value as number) < maxInt && (value as number) >= -maxInt,
  Float: (value) => Number.isFinite(value),
}

const checks = new WeakMap<GraphQLInputType, Check>()
const operations = new WeakMap<OperationDefinitionNode, (variables: Variables) => boolean>()

/**
 * Whether variables are given just as their types are written: nothing to convert, nothing in excess. What is plain no two executors read
 * differently. Costs a few nanoseconds a value.
 */
export function hasPlainVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Variables | null | undefined,
): boolean {
  let check = operations.get(operation)
  if (check === undefined) operations.set(operation, (check = checkOfOperation(schema, operation)))
  return check(variables ?? {})
}

function checkOfOperation(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
  const definitions = variableDefinitions.map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node)
    return {
      name: variable.name.value,
      isOptional: defaultValue !== undefined || node.kind !== 'NonNullType',
      check: isInputType(type) ? checkOf(type) : () => false,
    }
  })
  return (variables: Variables) =>
    definitions.every(({ name, isOptional, check }) => {
      const value = variables[name]
      return value === undefined ? isOptional : check(value)
    })
}

function checkOf(type: GraphQLInputType): Check {
  const known = checks.get(type)
  if (known !== undefined) return known
  // A type may hold itself: it is there before it is made.
  let made: Check = () => false
  checks.set(type, (value) => made(value))
  made = makeCheck(type)
  checks.set(type, made)
  return made
}

function makeCheck(type: GraphQLInputType): Check {
  if (isNonNullType(type)) {
    const inner = checkOf(type.ofType)
    return (value) => value !== null && inner(value)
  }
  const check = makeNonNullCheck(type)
  return (value) => value === null || check(value)
}

function makeNonNullCheck(type: GraphQLInputType): Check {
  if (isListType(type)) {
    const item = checkOf(type.ofType)
    return (value) => Array.isArray(value) && value.every(item)
  }
  if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => ({
      name: field.name,
      isRequired: isRequiredInputField(field),
      check: checkOf(field.type),
    }))
    return (value) => typeof value === 'object' && !Array.isArray(value) && areFieldsPlain(value as Variables, fields)
  }
  if (isScalarType(type) && specifiedScalarTypes.includes(type)) return scalars[type.name] ?? (() => false)
  // What another scalar takes only it can tell.
  return () => false
}

function areFieldsPlain(
  value: Variables,
  fields: readonly { readonly name: string; readonly isRequired: boolean; readonly check: Check }[],
): boolean {
  let present = 0
  for (const { name, isRequired, check } of fields) {
    // Of JSON, an object's own; else it would be no plain value of the type.
    const field = value[name]
    if (field === undefined) {
      if (isRequired) return false
      continue
    }
    if (!check(field)) return false
    present++
  }
  return Object.keys(value).length === present
}
