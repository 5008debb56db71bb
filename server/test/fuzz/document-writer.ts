import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isNonNullType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import { valueFor, type ValueSources } from './likely-values.ts'
import type { Written } from './written.ts'

const aliases = [
  'a',
  'b',
  '__proto__',
  '__proto__',
  'constructor',
  'toString',
  'then',
  'hasOwnProperty',
  'x'.repeat(200),
]

export interface WrittenDocument {
  readonly query: string
  /** JSON. */
  readonly variables: string
}

/** Writes a document that the schema allows, of fields and arguments of chance, and the variables to it. */
export class DocumentWriter {
  readonly #schema: GraphQLSchema
  readonly #sources: ValueSources
  readonly #depth: number
  readonly #variables: { readonly name: string; readonly type: string; readonly value: Written }[] = []
  readonly #fragments: string[] = []
  #field = ''

  constructor(schema: GraphQLSchema, sources: ValueSources) {
    this.#schema = schema
    this.#sources = sources
    this.#depth = sources.random.pick([2, 3, 3, 4, 6, 11])
  }

  /** An operation on these of the fields of its root. */
  write(
    kind: 'query' | 'mutation' | 'subscription',
    root: GraphQLObjectType,
    rootFields: readonly string[],
  ): WrittenDocument {
    const fields = rootFields.map((name) => root.getFields()[name]).filter((field) => field !== undefined)
    const selections = fields.map((field) => this.#writeField(field, 1))
    const typename = kind !== 'subscription' && this.#random.chance(0.1) ? [this.#introspection()] : []
    const declared = this.#variables.map(({ name, type }) => `$${name}: ${type}`)
    const head = `${kind} ${this.#random.chance(0.3) ? 'Fuzz' : ''}${declared.length > 0 ? `(${declared.join(', ')})` : ''}`
    const given = this.#variables.filter(() => !this.#random.chance(this.#sources.oddness / 2))
    return {
      query: [`${head} { ${[...selections, ...typename].join(' ')} }`, ...this.#fragments].join('\n'),
      variables: `{${given.map(({ name, value }) => `"${name}":${value.json}`).join(',')}}`,
    }
  }

  get #random() {
    return this.#sources.random
  }

  #writeField(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#field = depth === 1 ? field.name : this.#field
    const alias = this.#random.chance(0.15) ? `${this.#random.pick(aliases)}: ` : ''
    const given = field.args.filter(({ type, defaultValue }) =>
      isNonNullType(type) && defaultValue === undefined
        ? !this.#isOdd(0.2)
        : this.#random.chance(this.#sources.declared),
    )
    const written = given.map(({ name, type }) => `${name}: ${this.#argument(type, name)}`)
    const named = getNamedType(field.type)
    return [
      alias + field.name,
      written.length > 0 ? `(${written.join(', ')})` : '',
      this.#directive(),
      isLeafType(named) ? '' : ` ${this.#selection(named as GraphQLCompositeType, depth + 1)}`,
    ].join('')
  }

  #argument(type: GraphQLInputType, name: string): string {
    const value = valueFor(this.#sources, type, this.#field, name)
    return this.#random.chance(this.#sources.declared) ? this.#declare(String(type), value) : value.literal
  }

  #declare(type: string, value: Written): string {
    const name = `v${this.#variables.length}`
    this.#variables.push({ name, type, value })
    return `$${name}`
  }

  #directive(): string {
    if (!this.#random.chance(0.05)) return ''
    const value = { literal: 'true', json: String(this.#random.chance(0.5)) }
    const condition = this.#random.chance(0.5) ? this.#declare('Boolean!', value) : 'true'
    return ` @${this.#random.pick(['include', 'skip'])}(if: ${condition})`
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    if (depth > this.#depth) return '{ __typename }'
    const parts = isAbstractType(type) ? this.#ofPossibleTypes(type, depth) : this.#fieldsOf(type, depth)
    if (this.#random.chance(0.2)) return `{ __typename ${parts} }`
    if (!this.#random.chance(0.1) || parts === '') return `{ ${parts || '__typename'} }`
    const name = `F${this.#fragments.length}`
    this.#fragments.push(`fragment ${name} on ${type.name} { ${parts} }`)
    return `{ ...${name} }`
  }

  #ofPossibleTypes(type: Parameters<GraphQLSchema['getPossibleTypes']>[0], depth: number): string {
    const possible = this.#schema.getPossibleTypes(type).filter(() => this.#random.chance(0.6))
    const fragments = possible.map((one) => `... on ${one.name} { ${this.#fieldsOf(one, depth) || '__typename'} }`)
    return ['__typename', ...fragments].join(' ')
  }

  #fieldsOf(type: GraphQLNamedType, depth: number): string {
    const all = 'getFields' in type ? Object.values((type as GraphQLObjectType).getFields()) : []
    const likely = 4 / Math.max(4, all.length)
    return all
      .filter((field) => this.#random.chance(isCompositeType(getNamedType(field.type)) ? likely * 0.7 : likely))
      .map((field) => this.#writeField(field, depth))
      .join(' ')
  }

  #introspection(): string {
    return this.#random.pick([
      '__typename',
      '__schema { types { name fields { name args { name } } } }',
      '__type(name: "Expression") { name fields { type { name ofType { name } } } }',
      '__schema { directives { name } queryType { fields { name } } }',
    ])
  }

  #isOdd(times: number): boolean {
    return this.#random.chance(this.#sources.oddness * times)
  }
}
