import process from 'node:process'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertUser } from '../../src/store/accounts/insert-user.ts'
import { hashPassword } from '../../src/use-cases/accounts/password.ts'
import { login } from '../../src/use-cases/accounts/login.ts'
import { register } from '../../src/use-cases/accounts/register.ts'
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
  ['a password of 129 characters', { password: 'xy'.repeat(65).slice(1) }, ['password']],
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

test.each([
  ['8 NULs', '\0'.repeat(8)],
  ['8 zero-width spaces', '\u200b'.repeat(8)],
  ['7 characters and what nobody sees', 'abcdefg\u200d\u00ad\u2800\u3164'],
  ['7 characters and spaces round them', '  abcdefg  '],
  ['one glyph that is stored as 18 characters', '\ufdfa'],
  ['half of a surrogate pair', 'correct horse \ud800'],
  ['one character again and again', 'x'.repeat(64)],
  ['one that is tried first', 'password'],
  ['one of digits that is tried first', '12345678'],
  ['one that is tried first, in capitals and with spaces', ' PassWord1 '],
  ['one that is tried first, in another form of its letters', 'ｐａｓｓｗｏｒｄ'],
  ['the email', 'Grace.Hopper@example.com'],
  ['what stands before the @', 'grace.hopper'],
  ['what stands before the @, with a year', 'Grace.Hopper1906'],
  ['the name of the product', 'Reckon2026'],
  ['the name of the product twice', 'reckonreckon'],
])('refuses as a password %s', async (_case, bad) => {
  const input = { email: 'Grace.Hopper@example.com', password: bad, address, refreshable: true }
  const outcome = await register(bench.services, input)
  expect(outcome).toMatchObject({ kind: 'InvalidInputError', fields: [{ path: 'password' }] })
  expect(await roles()).toEqual([])
})

test.each([
  ['eight digits and letters', 'kx7qw2zp'],
  ['words', 'correct horse battery'],
  ['spaces within', 'a b c d e f g h'],
  ['another script', 'пароль из слов'],
  ['emoji', '🦀🐙🦑🐳🐬🦈🐠🐡'],
  ['128 characters outside the basic plane', '🦀🐙'.repeat(64)],
  ['the name of the product within', 'I reckon it will rain'],
])('takes as a password %s', async (_case, good) => {
  const input = { email: 'Grace.Hopper@example.com', password: good, address, refreshable: true }
  expect(await register(bench.services, input)).toHaveProperty('accessToken')
  expect(await login(bench.services, input)).toHaveProperty('accessToken')
})

test('a password that was chosen under other rules still signs in', async () => {
  const { database, ids } = bench.services
  const passwordHash = await hashPassword('password')
  await insertUser(database, { id: ids.next(), email: 'ada@example.com', passwordHash })
  const input = { email: 'ada@example.com', password: 'password', address, refreshable: true }
  expect(await login(bench.services, input)).toHaveProperty('accessToken')
})

test('whatever is sent as a password costs little: its length is bounded before it is normalised', async () => {
  // Marks of two classes by turns, which normalising sorts in quadratic time.
  const marks = `a${'\u0300\u0316'.repeat(220_000)}`
  const worst = `a${'\u0300\u0316'.repeat(511)}`
  const began = process.cpuUsage()
  for (const email of ['ada@example.com', marks])
    for (const secret of [marks, worst]) {
      const input = { email, password: secret, address, refreshable: true }
      expect(await register(bench.services, input)).toMatchObject({ kind: 'InvalidInputError' })
      if (secret === marks) expect(await login(bench.services, input)).toMatchObject({ kind: 'InvalidInputError' })
    }
  expect(process.cpuUsage(began).user).toBeLessThan(500_000)
})

test('a password is stored as argon2id of 19 MiB, two passes, one lane, and a password of 128 characters works', async () => {
  const long = 'ébloui'.repeat(22).slice(0, 128)
  await register(bench.services, { email: 'ada@example.com', password: long, address, refreshable: true })
  const user = await bench.services.database.prisma.user.findUniqueOrThrow({ where: { email: 'ada@example.com' } })
  expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  // The same letters as another keyboard composes them.
  const decomposed = { email: 'ada@example.com', password: long.normalize('NFD'), address, refreshable: true }
  expect(await login(bench.services, decomposed)).toMatchObject({ userId: user.id })
})
