import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { canMount, mountSmallDisk } from './faults/harness/small-disk.ts'
import { whenTestIsDone } from './support/cleanup.ts'
import { temporaryRoot } from './support/temporary.ts'

let directory: string
let complaints: string[]
const complain = (line: string) => complaints.push(line)

beforeEach(() => {
  directory = mkdtempSync(path.join(temporaryRoot(), 'reckon-log-'))
  complaints = []
})
afterEach(() => rmSync(directory, { recursive: true }))

function open(file: string, flags = 'a'): number {
  const descriptor = openSync(file, flags)
  whenTestIsDone(() => closeSync(descriptor))
  return descriptor
}

const messages = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg)

describe('createLog', () => {
  it('has written a line when it returns', () => {
    const file = path.join(directory, 'log')
    createLog({ level: 'info', format: 'json' }, open(file), complain).info('hello')
    expect(messages(readFileSync(file, 'utf8'))).toEqual(['hello'])
  })

  it('writes lines for people where it is to', () => {
    const file = path.join(directory, 'log')
    createLog({ level: 'info', format: 'text' }, open(file), complain).warn({ port: 4000 }, 'listening')
    expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z warn {2}listening {"port":4000}\n$/)
  })

  // pino's own destination throws at error, and never returns at fatal.
  it.each(['info', 'error', 'fatal'] as const)(
    'throws nothing at %s where it cannot be written, and says so once',
    (level) => {
      const log = createLog({ level: 'info', format: 'json' }, open('/dev/null', 'r'), complain)
      for (let line = 0; line < 1_000; line++) log[level]('nobody hears it')
      expect(complaints).toEqual(['the log cannot be written (EBADF): going on without it'])
    },
  )

  it('goes on with whole lines when a full disk has room again, and tells how many it lacks', async ({ skip }) => {
    if (!canMount()) return skip('this user may not mount a small disk')
    const disk = mountSmallDisk(1)!
    whenTestIsDone(() => disk.remove())
    const file = path.join(disk.directory, 'log')
    const log = createLog({ level: 'info', format: 'json' }, open(file), complain)
    await disk.fill()
    for (let line = 0; line < 1_000; line++) log.info(`before ${line}`)
    expect(complaints).toEqual(['the log cannot be written (ENOSPC): going on without it'])
    await disk.clear()
    log.info('after')
    log.info('after that')
    expect(complaints).toEqual([
      expect.any(String),
      expect.stringMatching(/^the log can be written again; it lacks \d+ lines$/),
    ])
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    expect(messages(lines.slice(-2).join('\n'))).toEqual(['after', 'after that'])
  })
})
