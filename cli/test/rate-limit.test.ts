import { expect, it } from 'vitest'
import { register } from '../../server/test/support/people.ts'
import { startWorld } from '../../server/test/support/world.ts'
import { startReckon, variablesOf } from './support/reckon.ts'

const msPerMinute = 30_000
/** The time that the user lacks takes twice as long to come back. */
const lackingMs = 4_000

it('a server that has had enough of somebody is waited for as long as it says, whichever way it says so', async () => {
  const { app, admin } = await startWorld({ environment: { PROCESSOR_MS_PER_MINUTE: String(msPerMinute) } })
  const variables = await variablesOf(app, admin)
  const other = await register(app, 'other@example.com')
  // A document that the server does not know would be refused as one.
  expect((await startReckon(['1+1', '--detach'], await variablesOf(app, other)).ended).code).toBe(0)
  app.app.services.processor.spend(idOf(admin.userId), msPerMinute + lackingMs)
  const began = performance.now()
  // A query is answered by 429 with Retry-After, a mutation by an error of its union.
  const commands = [startReckon(['list', '--ids'], variables), startReckon(['1+1', '--detach'], variables)]
  for (const { said } of commands) await said('Trying again in ')
  for (const { ended } of commands) {
    const { code, stderr } = await ended
    expect(stderr).toMatch(/^reckon: .*Wait \d+ s and try again\. Trying again in \d/)
    expect(code).toBe(0)
  }
  expect(performance.now() - began).toBeGreaterThan(lackingMs)
})

const idOf = (globalId: string): string => Buffer.from(globalId, 'base64').toString().split(':')[1] ?? ''
