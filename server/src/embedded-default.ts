import path from 'node:path'
import type { Logger } from 'pino'
import type { Environment } from './env.ts'
import type { Ids } from './ids.ts'
import { authenticate } from './use-cases/accounts/authenticate.ts'
import { mintAgentToken } from './use-cases/accounts/create-agent-token.ts'
import type { Services } from './use-cases/services.ts'
import { startAgents, type Agents } from './embedded/agents.ts'
import {
  agentTokenFile,
  readAgentToken,
  readSecrets,
  writeAgentToken,
  type EmbeddedSecrets,
} from './embedded/secrets.ts'
import type { Guard } from './embedded/guard.ts'
import { startEmbeddedPostgres, type EmbeddedOutcome } from './embedded/start.ts'

export interface EmbeddedDefault {
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
  readonly guard: Guard
  /** The command line that runs an agent. */
  readonly agentCommand: readonly [string, ...string[]]
}

/** What the server needs and nobody has given it: a database, secrets, agents; all kept in one folder. */
export async function startEmbeddedDefault(
  options: EmbeddedOptions,
): Promise<EmbeddedDefault | Exclude<EmbeddedOutcome, { kind: 'started' }>> {
  const { environment, ids, logger, guard } = options
  const directory = environment.RECKON_DATA
  const postgres = await startEmbeddedPostgres({ directory, guard, log: (message) => logger.warn(message) })
  if (postgres.kind === 'failed') return postgres
  const secrets = await readSecrets(directory, ids).catch(async (error: unknown) => {
    await postgres.stop()
    throw error
  })
  return {
    kind: 'embedded',
    databaseUrl: postgres.url,
    secrets,
    async startAgents(services, server) {
      await ensureAgentToken(services, directory)
      const agents = startAgents({
        directory: path.join(directory, 'agents'),
        count: environment.RECKON_AGENTS,
        slots: environment.RECKON_AGENT_SLOTS,
        server,
        tokenFile: agentTokenFile(directory),
        command: options.agentCommand,
        logger,
        guard,
      })
      services.ownAgents.keptBy(agents)
      return agents
    },
    stop: () => postgres.stop(),
  }
}

/** The agents keep the token that they had, as long as it counts. */
async function ensureAgentToken(services: Services, directory: string): Promise<void> {
  const known = await readAgentToken(directory)
  if (known !== undefined && (await authenticate(services, known)).kind === 'accepted') return
  const { token } = await mintAgentToken(services, 'agents of npm start', null)
  await writeAgentToken(directory, token)
}
