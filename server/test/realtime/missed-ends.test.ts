import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { submit, type ShownExpression } from '../support/expressions.ts'
import { register } from '../support/people.ts'
import { startTestApp } from '../support/test-app.ts'

it('shows an end that it was not told of, also of one that is no longer among the newest', async () => {
  const app = await startTestApp({ alone: false })
  const ada = await register(app, 'ada@example.com')
  // No agent is there, so that all of them wait.
  const oldest = await submit(ada, '1+2')
  for (let count = 0; count < 50; count++) await submit(ada, '3+4')
  const { inbox } = ada.watch<{ expressionsChanged: ShownExpression[] }>(
    'subscription { expressionsChanged { id status } }',
  )
  const { expressionsChanged: newest } = await inbox.next()
  expect(newest.map(({ id }) => id)).not.toContain(oldest.id)

  const database = new pg.Client(app.databaseUrl)
  await database.connect()
  onTestFinished(() => database.end())
  // As another replica does that is lost before it can tell.
  await database.query(
    `UPDATE expression SET status = 'CANCELLED', finished_at = now(), version = version + 1
      WHERE id = (SELECT id FROM expression ORDER BY id LIMIT 1)`,
  )
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'reckon bridge' AND datname = current_database()`,
  )
  await inbox.until(({ expressionsChanged }) =>
    expressionsChanged.some(({ id, status }) => id === oldest.id && status === 'CANCELLED'),
  )
})
