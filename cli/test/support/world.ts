import type { TestAgent } from '../../../server/test/support/test-agent.ts'

/** Lets an agent of a test compute whatever it is given, until it is cut off. */
export function computeAll(agent: TestAgent): void {
  void (async () => {
    for (;;) {
      const [task] = await agent.take(1)
      if (task) await agent.solve(task)
    }
  })().catch(() => {})
}
