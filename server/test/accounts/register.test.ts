import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertUser } from '../../src/store/accounts/insert-user.ts'
import { login } from '../../src/use-cases/login.ts'
import { register } from '../../src/use-cases/register.ts'
import { address, openAccountsBench, password, registerUser, type AccountsBench } from './support.ts'

let bench: AccountsBench

beforeAll(async () => {
  bench = await openAccountsBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

const roles = async () => {
  const users = await bench.services.database.prisma.user.findMany({ orderBy: { id: 'asc' } })
  return users.map(({ role }) => role)
}

test('the first to register is an admin, the others are not', async () => {
  await registerUser(bench.services, 'first@example.com')
  await registerUser(bench.services, 'second@example.com')
  expect(await roles()).toEqual(['ADMIN', 'USER'])
})

test('two who register at once on an empty database: exactly one is an admin', async () => {
  await Promise.all(['a@example.com', 'b@example.com'].map((email) => registerUser(bench.services, email)))
  expect((await roles()).sort()).toEqual(['ADMIN', 'USER'])
})

test('of many accounts inserted at once exactly one is an admin, whatever the interleaving', async () => {
  const { database, ids } = bench.services
  for (let round = 0; round < 10; round += 1) {
    await bench.reset()
    const emails = Array.from({ length: 8 }, (_, index) => `user${index}@example.com`)
    await Promise.all(emails.map((email) => insertUser(database, { id: ids.next(), email, passwordHash: '-' })))
    expect((await roles()).filter((role) => role === 'ADMIN')).toHaveLength(1)
  }
})

test('an email is one account however it is written', async () => {
  await registerUser(bench.services, '  Ada@Example.COM ')
  const users = await bench.services.database.prisma.user.findMany()
  expect(users.map(({ email }) => email)).toEqual(['ada@example.com'])

  const again = { email: 'ADA@example.com', password, address, refreshable: true }
  expect(await register(bench.services, again)).toMatchObject({ kind: 'EmailTakenError', code: 'EMAIL_TAKEN' })
  expect(await login(bench.services, again)).toMatchObject({ accessToken: expect.any(String) })
})

test('of two who register one email at once, one has it', async () => {
  const input = { email: 'ada@example.com', password, address, refreshable: true }
  const outcomes = await Promise.all([register(bench.services, input), register(bench.services, input)])
  const failures = outcomes.filter((outcome) => 'kind' in outcome)
  expect(failures).toMatchObject([{ kind: 'EmailTakenError' }])
  expect(await roles()).toEqual(['ADMIN'])
})

test.each([
  ['no email', { email: 'ada' }, ['email']],
  ['a password of 7 characters', { password: '7654321' }, ['password']],
  ['a password of 129 characters', { password: 'x'.repeat(129) }, ['password']],
  ['both wrong', { email: '@example.com', password: '' }, ['email', 'password']],
  ['an endless email', { email: `${'x'.repeat(250)}@example.com` }, ['email']],
])('refuses %s, naming the fields', async (_case, change, paths) => {
  const input = { email: 'ada@example.com', password, address, refreshable: true, ...change }
  const outcome = await register(bench.services, input)
  expect(outcome).toMatchObject({
    kind: 'InvalidInputError',
    code: 'INVALID_INPUT',
    fields: paths.map((path) => ({ path })),
  })
  expect(await roles()).toEqual([])
})

test('a password is stored as argon2id of 19 MiB, two passes, one lane, and a password of 128 characters works', async () => {
  const long = 'é'.repeat(128)
  await register(bench.services, { email: 'ada@example.com', password: long, address, refreshable: true })
  const user = await bench.services.database.prisma.user.findUniqueOrThrow({ where: { email: 'ada@example.com' } })
  expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  // The same letters as another keyboard composes them.
  const decomposed = { email: 'ada@example.com', password: long.normalize('NFD'), address, refreshable: true }
  expect(await login(bench.services, decomposed)).toMatchObject({ userId: user.id })
})
