import type { RealServer } from '../abuse/harness/server.ts'
import { Caller, register, withoutDurations, type Person } from '../abuse/harness/people.ts'
import { canary } from './oracle.ts'
import type { ActorKind } from './fuzz-case.ts'
import type { Pool } from './pool.ts'

/** Everybody who has to do with a server that is fuzzed, and what is theirs. */
export interface Company {
  readonly callers: Readonly<Record<ActorKind, Caller>>
  readonly pool: Pool
}

const submission = `mutation ($source: String!, $requestId: String!) {
  submitExpression(input: { source: $source, requestId: $requestId }) { ... on Expression { id } ... on Error { code } }
}`

/** Registers all, gives each something, and notes what there is. The victim's is nobody else's business. */
export async function gather(server: RealServer): Promise<Company> {
  const root = await register(server, 'root@example.com', '10.250.0.1')
  await withoutDurations(root)
  const [admin, user, victim] = await Promise.all([
    register(server, 'fuzz-admin@example.com', '10.250.0.2'),
    register(server, 'fuzz-user@example.com', '10.250.0.3'),
    register(server, 'victim@secret.example', '10.250.0.4'),
  ])
  await root.get('mutation ($id: ID!) { setUserRole(input: { userId: $id, role: ADMIN }) { __typename } }', {
    id: admin.userId,
  })
  const agent = await agentToken(root)
  for (const [place, source] of ['1+1', '(1+2)*(3-4)/5', '1/0', '1/3+1/7', '7', '2^10-1'].entries())
    for (const owner of [admin, user]) await owner.get(submission, { source, requestId: `own-${place}` })
  await victim.get(submission, { source: `${canary}+1`, requestId: `secret-${canary}` })
  await victim.get(submission, { source: `${canary}/0`, requestId: `failed-${canary}` })
  await allEnded(victim)
  return {
    callers: {
      anonymous: new Caller(server, '10.250.1.1'),
      user,
      admin,
      agent: new Caller(server, '10.250.1.2', agent.token),
    },
    pool: await poolOf([user, admin, victim], root),
  }
}

const contents = `{
  expressions(first: 10) { edges { cursor node { id tasks { id } } } }
}`

interface Contents {
  readonly expressions: {
    readonly edges: readonly {
      readonly cursor: string
      readonly node: { readonly id: string; readonly tasks: readonly { readonly id: string }[] }
    }[]
  }
}

/** In an order that is the same on each server, as far as that goes. */
async function poolOf(owners: readonly Person[], root: Person): Promise<Pool> {
  const all = await Promise.all(owners.map((owner) => owner.get<Contents>(contents)))
  const edges = all.flatMap(({ expressions }) => expressions.edges)
  const { agents, agentTokens } = await root.get<{ agents: { id: string }[]; agentTokens: { id: string }[] }>(
    '{ agents { id } agentTokens { id } }',
  )
  const { operations } = await root.get<{ operations: { id: string }[] }>('{ operations { id } }')
  const idOf = ({ id }: { readonly id: string }) => id
  return {
    ids: {
      Expression: edges.map(({ node }) => node.id),
      Task: edges.flatMap(({ node }) => node.tasks.map(idOf)),
      User: [root, ...owners].map(({ userId }) => userId),
      Agent: agents.map(idOf),
      AgentToken: agentTokens.map(idOf),
      Operation: operations.map(idOf),
    },
    cursors: edges.map(({ cursor }) => cursor),
  }
}

async function agentToken(root: Person): Promise<{ token: string }> {
  const { createAgentToken } = await root.get<{ createAgentToken: { token: string } }>(
    'mutation { createAgentToken(input: { name: "fuzz" }) { ... on CreateAgentTokenPayload { token } } }',
  )
  return createAgentToken
}

async function allEnded(owner: Person): Promise<void> {
  const query = '{ expressions(filter: { statuses: [QUEUED, RUNNING] }) { edges { node { id } } } }'
  for (;;) {
    const { expressions } = await owner.get<{ expressions: { edges: unknown[] } }>(query)
    if (expressions.edges.length === 0) return
  }
}
