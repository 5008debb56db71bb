import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildSchema, introspectionFromSchema, type IntrospectionTypeRef } from 'graphql'
import type { Plugin } from 'vite'

const moduleId = 'virtual:graphcache-schema'
const contract = fileURLToPath(new URL('../../schema.graphql', import.meta.url))

/**
 * Gives the cache what it needs of the contract: which types there are, what is nullable, what implements what. It is made
 * from `schema.graphql` at each build, so no mirror of it can go stale.
 */
export function graphcacheSchema(): Plugin {
  return {
    name: 'graphcache-schema',
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : undefined),
    async load(id) {
      if (id !== `\0${moduleId}`) return
      this.addWatchFile(contract)
      return `export default ${JSON.stringify(reduceSchema(await readFile(contract, 'utf8')))}`
    },
  }
}

/** The introspection of a schema without descriptions, arguments, inputs and the names of leaf types: a fifth of its size. */
export function reduceSchema(sdl: string) {
  const { __schema: schema } = introspectionFromSchema(buildSchema(sdl), { descriptions: false })
  const types = schema.types.filter(({ name }) => !name.startsWith('__'))
  return {
    __schema: {
      queryType: { name: schema.queryType.name },
      mutationType: schema.mutationType && { name: schema.mutationType.name },
      subscriptionType: schema.subscriptionType && { name: schema.subscriptionType.name },
      types: types.flatMap((type) => {
        switch (type.kind) {
          case 'OBJECT':
          case 'INTERFACE':
            return {
              kind: type.kind,
              name: type.name,
              fields: type.fields.map((field) => ({ name: field.name, type: reduceRef(field.type), args: [] })),
              interfaces: type.interfaces.map(({ name }) => ({ kind: 'INTERFACE', name })),
              ...(type.kind === 'INTERFACE' && { possibleTypes: type.possibleTypes.map(objectRef) }),
            }
          case 'UNION':
            return { kind: type.kind, name: type.name, possibleTypes: type.possibleTypes.map(objectRef) }
          case 'SCALAR':
          case 'ENUM':
          case 'INPUT_OBJECT':
            return []
          default:
            return type satisfies never
        }
      }),
    },
  }
}

const objectRef = ({ name }: { name: string }) => ({ kind: 'OBJECT', name })

function reduceRef(type: IntrospectionTypeRef): object {
  if (type.kind === 'NON_NULL' || type.kind === 'LIST') return { kind: type.kind, ofType: reduceRef(type.ofType) }
  return { kind: type.kind, name: type.kind === 'SCALAR' || type.kind === 'ENUM' ? 'Leaf' : type.name }
}
