import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { canMount, mountSmallDisk } from './faults/harness/small-disk.ts'
import { whenTestIsDone } from './support/cleanup.ts'
import { ending, setDurations, submit } from './support/expressions.ts'
import { NpmStart } from './support/npm-start.ts'
import { register, signedIn } from './support/people.ts'
import { describeProcesses, pidOf, processesOf } from './support/processes.ts'
import { hasTerminal, noTerminal } from './support/terminal.ts'

const patience = { timeout: 120_000, interval: 200 }

/** A stack, or a file of the server's machine. */
const leak = /\n\s+at |node_modules|dist\/|file:\/\/|ENOSPC|reckon-small-disk/

/** Compiles to a plan of more than a page, so that the disk is needed at once. */
const long = Array.from({ length: 400 }, (_, n) => n).join('+')

it(
  'goes on when the disk of its data folder is full, and works again when it is not',
  { timeout: 300_000 },
  async ({ skip }) => {
    if (!hasTerminal) return skip(noTerminal)
    if (!canMount()) return skip('this user may not mount a small disk')
    const disk = mountSmallDisk(96)!
    whenTestIsDone(() => disk.remove())
    const product = await NpmStart.prepare({ data: path.join(disk.directory, 'data-folder') })
    whenTestIsDone(() => {
      for (const { pid } of processesOf(product.data)) process.kill(pid, 'SIGKILL')
      product.remove()
    })
    const terminal = product.start()
    await terminal.until('Press Ctrl-C to stop.')
    const { token, userId } = await register(product, 'admin@example.com')
    const user = signedIn(product, token, userId)
    await setDurations(user, { ADD: 0 })
    const before = await submit(user, '1+1')
    await ending(user, before.id)
    const server = pidOf(product.data, 'scripts/start.mjs')
    const logLength = () => readFileSync(path.join(product.data, 'server.log')).length

    await disk.fill()
    const logged = logLength()
    const answers: string[] = []
    const post = async (source: string): Promise<string> => {
      const query = `mutation ($source: String!, $id: String!) {
      submitExpression(input: { source: $source, requestId: $id }) { __typename ... on Error { message } }
    }`
      const response = await fetch(product.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables: { source, id: String(answers.length) } }),
      })
      const answer = await response.text()
      answers.push(answer)
      return answer
    }
    const isAccepted = (answer: string) => answer.includes('"__typename":"Expression"')
    // The first errors may find room in the log, whose last page is not quite full.
    const isNoted = async () =>
      (await post(long)) !== '' && terminal.shown.includes('the log cannot be written (ENOSPC)')
    await expect.poll(isNoted, patience).toBe(true)
    await terminal.until('the log cannot be written (ENOSPC)')
    expect(answers.every(isAccepted)).toBe(false)

    await disk.clear()
    await expect.poll(async () => isAccepted(await post('1+1')), patience).toBe(true)
    expect(answers.filter((answer) => leak.test(answer))).toEqual([])
    expect(pidOf(product.data, 'scripts/start.mjs')).toBe(server)
    expect(terminal.shown.split('the log cannot be written')).toHaveLength(2)
    const back = signedIn(product, token, userId)
    expect((await ending(back, before.id)).result).toEqual({ fraction: '2' })
    expect((await ending(back, (await submit(back, '2+3')).id)).result).toEqual({ fraction: '5' })
    expect(logLength()).toBeGreaterThan(logged)

    terminal.pressCtrlC()
    expect(await terminal.ended).toBe(0)
    expect(describeProcesses(product.data)).toEqual([])
  },
)
