import { createAgentToken, register, type Person } from './people.ts'
import { startTestApp, type TestApp, type TestAppOptions } from './test-app.ts'
import { TestAgent, type TestAgentOptions } from './test-agent.ts'

/** A server with an admin and a token for agents. */
export interface World {
  readonly app: TestApp
  readonly admin: Person
  readonly agentToken: string
  readonly agentTokenId: string
  /** Opens the session of an agent that the test plays. */
  openAgent(options?: TestAgentOptions): ReturnType<typeof TestAgent.open>
}

export async function startWorld(options: TestAppOptions = {}): Promise<World> {
  const app = await startTestApp(options)
  const admin = await register(app, 'admin@example.com', options.whenDone)
  const { id, token } = await createAgentToken(admin)
  return {
    app,
    admin,
    agentToken: token,
    agentTokenId: id,
    openAgent: (agentOptions) => TestAgent.open(app, token, agentOptions, options.whenDone),
  }
}
