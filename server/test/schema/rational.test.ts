import { expect, test } from 'vitest'
import { submit } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

test('a number is told in as many digits as are asked for, within bounds, and why it has no period', async () => {
  const { admin } = await startWorld()
  const show = async (source: string, fields: string) => {
    const { id } = await submit(admin, source)
    return admin.run<{ expression: { result: Record<string, unknown> } }>(
      `query ($id: ID!) { expression(id: $id) { result { ${fields} } } }`,
      { id },
    )
  }
  const twoThirds = await show(
    '0.(6)',
    'fraction repeating repeatingAbsence one: decimal(digits: 1) decimal(digits: 1000)',
  )
  expect(twoThirds.data?.expression.result).toEqual({
    fraction: '2/3',
    repeating: '0.(6)',
    repeatingAbsence: null,
    one: '0.7',
    decimal: `0.${'6'.repeat(999)}7`,
  })
  for (const digits of [0, -1, 1_001]) {
    const { errors } = await show('0.(6)', `decimal(digits: ${digits})`)
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(`1 to 1000 digits, not ${digits}`) as string,
        extensions: { code: 'INVALID_INPUT' },
      },
    ])
  }
  const long = await show(`0.(${'0'.repeat(1_000)}1)`, 'repeating repeatingAbsence')
  expect(long.data?.expression.result).toEqual({ repeating: null, repeatingAbsence: 'PERIOD_TOO_LONG' })
})
