import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { readEnvironment } from '../../src/env.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { temporaryRoot } from '../support/temporary.ts'

let folder: string
const whenDone = whenFileIsDone()
beforeAll(() => {
  folder = mkdtempSync(path.join(temporaryRoot(), 'reckon-secrets-'))
  whenDone(() => rmSync(folder, { recursive: true, force: true }))
})

function file(name: string, content: string): string {
  const at = path.join(folder, name)
  writeFileSync(at, content)
  return at
}

it('takes each secret from a file, without the newline that an editor leaves', () => {
  const read = readEnvironment({
    DATABASE_URL_FILE: file('url', 'postgresql://reckon@localhost/reckon\n'),
    JWT_SECRET_FILE: file('jwt', `${'j'.repeat(32)}\r\n`),
    TICKET_SECRET_FILE: file('ticket', ` ${'t'.repeat(32)} \n`),
  })
  expect(read).toMatchObject({
    kind: 'valid',
    environment: {
      DATABASE_URL: 'postgresql://reckon@localhost/reckon',
      JWT_SECRET: 'j'.repeat(32),
      TICKET_SECRET: ` ${'t'.repeat(32)} `,
    },
  })
})

it('refuses one that is given twice, that cannot be read, that is empty, or too short, and tells none of them', () => {
  const problemsOf = (variables: Record<string, string>) => {
    const read = readEnvironment(variables)
    return read.kind === 'invalid' ? read.problems : []
  }
  const short = file('short', 'hunter2\n')
  expect(problemsOf({ JWT_SECRET: 'x'.repeat(32), JWT_SECRET_FILE: short })).toEqual([
    'JWT_SECRET and JWT_SECRET_FILE are both set: leave one out',
  ])
  expect(problemsOf({ JWT_SECRET_FILE: '/nowhere' })).toEqual([
    'JWT_SECRET_FILE: the file /nowhere cannot be read (ENOENT)',
  ])
  expect(problemsOf({ JWT_SECRET_FILE: file('empty', '\n') })).toMatchObject([expect.stringMatching(/is empty$/)])
  expect(problemsOf({ JWT_SECRET_FILE: short })).toEqual(['JWT_SECRET: must have at least 32 characters'])
})
