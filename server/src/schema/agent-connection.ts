import type { AgentView } from '../realtime/readers/agent-reader.ts'
import { AgentType } from './agent.ts'
import { builder } from './builder.ts'
import { costOfPage } from './cursor.ts'
import { pageOf } from './page-arguments.ts'
import { codedError } from './coded-error.ts'

type Place = readonly [name: string, id: string]

const cursorOf = ({ name, id }: AgentView): string => Buffer.from(JSON.stringify([name, id])).toString('base64url')

function placeOf(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'string'))
      return place as unknown as Place
  } catch {
    // It is no cursor at all.
  }
  throw codedError('INVALID_INPUT', 'This is no cursor of this list.')
}

/** By code units, whatever the database sorts by: pages of one list go by one order. */
const compare = ([name, id]: Place, [otherName, otherId]: Place): number =>
  name === otherName ? sign(id, otherId) : sign(name, otherName)
const sign = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

const placeIn = ({ name, id }: AgentView): Place => [name, id]

builder.queryField('agentsConnection', (t) =>
  t.connection(
    {
      type: AgentType,
      nullable: true,
      complexity: costOfPage,
      description: '`agents` by pages: 20 at a time unless told, at most 100.',
      authScopes: { read: true },
      // All that a list may have is read: forgotten ones are not in it, and there are no more than tokens may bring.
      resolve: async (_root, args, { services }) => {
        const { size, isBackwards, cursor } = pageOf(args)
        const from = cursor === null ? null : placeOf(cursor)
        const all = (await services.live.agents.all()).toSorted((a, b) => compare(placeIn(a), placeIn(b)))
        const beyond = all.filter((agent) => {
          const order = from === null ? null : compare(placeIn(agent), from)
          return order === null || (isBackwards ? order < 0 : order > 0)
        })
        const page = isBackwards ? beyond.slice(-size) : beyond.slice(0, size)
        const hasMore = beyond.length > page.length
        const [first, last] = [page[0], page.at(-1)]
        return {
          totalCount: all.length,
          edges: page.map((node) => ({ node, cursor: cursorOf(node) })),
          pageInfo: {
            hasNextPage: isBackwards ? from !== null : hasMore,
            hasPreviousPage: isBackwards ? hasMore : from !== null,
            startCursor: first ? cursorOf(first) : null,
            endCursor: last ? cursorOf(last) : null,
          },
        }
      },
    },
    {
      name: 'AgentConnection',
      fields: (t) => ({
        totalCount: t.int({
          description: 'How many there are on all pages.',
          resolve: ({ totalCount }) => totalCount,
        }),
      }),
    },
    { name: 'AgentEdge' },
  ),
)
