import {
  getNamedType,
  isObjectType,
  Kind,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** What a document asks for that its answer lacks, or has without being asked: a path each. */
export function misshapen(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  data: unknown,
): string[] {
  const root = schema.getRootType(operation.operation)
  return root == null ? [] : new Shape(schema, document).faults(root, operation.selectionSet, data, '')
}

class Shape {
  readonly #schema: GraphQLSchema
  readonly #document: DocumentNode

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema
    this.#document = document
  }

  faults(type: GraphQLNamedType, selections: SelectionSetNode, value: unknown, path: string): string[] {
    if (value === null || value === undefined) return []
    if (Array.isArray(value)) return value.flatMap((item) => this.faults(type, selections, item, path))
    // Which of several types it is the answer need not tell.
    if (!isObjectType(type) || typeof value !== 'object') return []
    const wanted = new Map<string, SelectionSetNode | undefined>()
    const optional = new Set<string>()
    this.#collect(type, selections, wanted, optional)
    const given = new Map(Object.entries(value))
    const missing = [...wanted.keys()].filter((key) => !given.has(key) && !optional.has(key))
    const extra = [...given.keys()].filter((key) => !wanted.has(key) && !optional.has(key))
    const deeper = [...wanted].flatMap(([key, set]) => {
      const field = this.#fieldOf(type, selections, key)
      return set && field ? this.faults(getNamedType(field.type), set, given.get(key), `${path}.${key}`) : []
    })
    return [
      ...missing.map((key) => `${path}.${key} is missing`),
      ...extra.map((key) => `${path}.${key} was not asked for`),
      ...deeper,
    ]
  }

  /** Keys of the answer; those under a directive may be there or not. */
  #collect(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    wanted: Map<string, SelectionSetNode | undefined>,
    optional: Set<string>,
  ): void {
    for (const selection of set.selections) {
      const isConditional = (selection.directives?.length ?? 0) > 0
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        if (isConditional) optional.add(key)
        // Of a key that stands twice only the first is looked into.
        if (!wanted.has(key)) wanted.set(key, selection.selectionSet)
        continue
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragment(selection.name.value)
      const condition = inner?.typeCondition?.name.value
      if (inner === undefined || (condition !== undefined && !this.#includes(condition, type))) continue
      const keys = new Map<string, SelectionSetNode | undefined>()
      this.#collect(type, inner.selectionSet, keys, optional)
      for (const [key, value] of keys) {
        if (isConditional) optional.add(key)
        if (!wanted.has(key)) wanted.set(key, value)
      }
    }
  }

  /** Null where the key stands twice, with what may be different parts. */
  #fieldOf(type: GraphQLObjectType, set: SelectionSetNode, key: string) {
    const found = set.selections.filter(
      (one) => one.kind === Kind.FIELD && (one.alias?.value ?? one.name.value) === key,
    )
    const [only] = found
    if (found.length !== 1 || only?.kind !== Kind.FIELD || set.selections.some(({ kind }) => kind !== Kind.FIELD))
      return null
    return type.getFields()[only.name.value] ?? null
  }

  #fragment(name: string) {
    return this.#document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
    ) as Extract<DocumentNode['definitions'][number], { kind: Kind.FRAGMENT_DEFINITION }> | undefined
  }

  #includes(name: string, type: GraphQLObjectType): boolean {
    return name === type.name || type.getInterfaces().some((one) => one.name === name) || this.#isMember(name, type)
  }

  #isMember(name: string, type: GraphQLObjectType): boolean {
    const union = this.#schema.getType(name)
    return union !== undefined && 'getTypes' in union && union.getTypes().includes(type)
  }
}
