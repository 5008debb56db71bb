import path from 'node:path'
import type { Logger } from 'pino'
import type { Environment } from '../env.ts'
import type { Ids } from '../ids.ts'
import { authenticate } from '../use-cases/authenticate.ts'
import { mintAgentToken } from '../use-cases/create-agent-token.ts'
import type { Services } from '../use-cases/services.ts'
import { startAgents, type Agents } from './agents.ts'
import { readSecrets, writeSecrets, type EmbeddedSecrets } from './secrets.ts'
import { startEmbeddedPostgres, type EmbeddedOutcome } from './start.ts'

export interface EmbeddedEnvironment {
  readonly kind: 'embedded'
  readonly databaseUrl: string
  readonly secrets: EmbeddedSecrets
  /** Starts the agents, once the server listens. */
  startAgents(services: Services, server: string): Promise<Agents>
  /** Ends the database. */
  stop(): Promise<void>
}

interface EmbeddedOptions {
  readonly environment: Environment
  readonly ids: Ids
  readonly logger: Logger
  /** The command line that runs an agent. */
  readonly agentCommand: readonly [string, ...string[]]
}

/** What the server needs and nobody has given it: a database, secrets, agents; all kept in one folder. */
export async function startEmbedded(
  options: EmbeddedOptions,
): Promise<EmbeddedEnvironment | Exclude<EmbeddedOutcome, { kind: 'started' }>> {
  const { environment, ids, logger } = options
  const directory = path.resolve(environment.RECKON_DATA)
  const postgres = await startEmbeddedPostgres({ directory, log: (message) => logger.warn(message) })
  if (postgres.kind === 'failed') return postgres
  const secrets = await readSecrets(directory, ids)
  return {
    kind: 'embedded',
    databaseUrl: postgres.url,
    secrets,
    async startAgents(services, server) {
      return startAgents({
        directory: path.join(directory, 'agents'),
        count: environment.RECKON_AGENTS,
        slots: environment.RECKON_AGENT_SLOTS,
        server,
        token: await agentTokenOf(services, directory, secrets),
        command: options.agentCommand,
        logger,
      })
    },
    stop: () => postgres.stop(),
  }
}

/** The token that the agents had before, if it still counts. */
async function agentTokenOf(services: Services, directory: string, secrets: EmbeddedSecrets): Promise<string> {
  const { agentToken } = secrets
  if (agentToken !== null && (await authenticate(services, agentToken)).kind === 'accepted') return agentToken
  const { token } = await mintAgentToken(services, 'agents of npm start', null)
  await writeSecrets(directory, { ...secrets, agentToken: token })
  return token
}
