import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kind, parse, print, visit, type DefinitionNode, type OperationDefinitionNode } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { ApiClient } from '../support/api-client.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { createShareLink } from '../support/people.ts'
import { startWorld, type World } from '../support/world.ts'
import { computeLargest, largestSource, smallerLimit } from './large-expression.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Every operation and fragment that the page and the agent are written with. */
const definitions = ['web/src', 'agent/src'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => [...readFileSync(path.join(root, folder, name), 'utf8').matchAll(/graphql\(\s*`([^`]*)`/g)])
    // A directive of the page's own, which leaves the page with none.
    .flatMap(([, text = '']) => parse(text.replaceAll(' @_unmask', '')).definitions),
)

const nameOf = (definition: DefinitionNode): string =>
  definition.kind === Kind.FRAGMENT_DEFINITION || definition.kind === Kind.OPERATION_DEFINITION
    ? (definition.name?.value ?? '')
    : ''

/** With the fragments that it spreads, and those that these spread. */
function withFragments(definition: DefinitionNode, known = new Set<DefinitionNode>()): Set<DefinitionNode> {
  if (known.has(definition)) return known
  known.add(definition)
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = definitions.find(
        (other) => other.kind === Kind.FRAGMENT_DEFINITION && nameOf(other) === name.value,
      )
      if (fragment) withFragments(fragment, known)
    },
  })
  return known
}

const reads = definitions.filter(
  (definition): definition is OperationDefinitionNode =>
    definition.kind === Kind.OPERATION_DEFINITION &&
    definition.operation !== 'mutation' &&
    nameOf(definition) !== 'AgentSession',
)

/** How many the page asks for at once, where that is not 50. */
const sizes: Readonly<Record<string, number>> = { ExpressionPage: 100, ExpressionRows: 100, AuditNames: 60 }

let world: World
let id: string
/** Who has a link to it. */
let guest: ApiClient
const whenDone = whenFileIsDone()
beforeAll(async () => {
  world = await startWorld({ whenDone, environment: smallerLimit })
  id = await computeLargest(world)
  const { token } = await createShareLink(world.admin, { expressionId: id })
  guest = new ApiClient(world.app.socketUrl, token, whenDone)
}, 120_000)

test('there are documents', () => {
  expect(reads.map(nameOf)).toEqual(
    expect.arrayContaining(['Expression', 'TasksChanged', 'PlanExpression', 'ExpressionPage']),
  )
})

test.each(reads.map((operation) => [nameOf(operation), operation] as const))(
  '%s is within the limits for the largest expression',
  async (_name, operation) => {
    const document = [...withFragments(operation)].map((definition) => print(definition)).join('\n')
    const first = sizes[nameOf(operation)] ?? 50
    const ids = new Array<string>(first).fill(id)
    const orderBy = { field: 'SUBMITTED', direction: 'DESC' }
    const variables = { id, ids, first, orderBy, expressionId: id, source: largestSource, regroup: true }
    const asked = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
    const given = Object.fromEntries(Object.entries(variables).filter(([name]) => asked.includes(name)))
    const reader = nameOf(operation) === 'SharedExpression' ? guest : world.admin
    const { data, errors } = await reader.run(document, given)
    expect(errors).toBeUndefined()
    expect(data).toBeTruthy()
  },
)
