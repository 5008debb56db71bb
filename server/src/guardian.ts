/**
 * The guardian of a server with an embedded database: `guardian <data folder> <grace in milliseconds>`, started by the server (embedded/guard.ts).
 *
 * It watches while its standard input, a pipe from the server, is open; there it is told what must not outlive the server. When the pipe closes the
 * server has ended, and it waits for the grace, in which another server may come and adopt everything, unless the last word was `now`. Then it
 * ends what no other has adopted, and itself. See docs/decisions/0014.
 */
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from './clock.ts'
import { endInitdb, endOrphans, hasOrphans } from './embedded/orphans.ts'

/** How often it looks, in the grace, whether anything is left to wait for. */
const lookMs = 200

/** It outlives what ends the server, which may be a signal to every process of the machine or of this user. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
// A full disk takes no log, and is no reason to leave anything running.
process.stderr.on('error', () => {})

const [directory = '', grace] = process.argv.slice(2)

const told = await listen()
const agents = [...told].filter(([name]) => name.startsWith('agent-')).map(([name, pid]) => ({ name, pid }))
const orphans = { directory, agents, postmaster: told.get('postmaster'), hadFolder: told.has('folder') }
const initdb = told.get('initdb')
if (initdb !== undefined && initdb > 0) endInitdb(initdb)
const graceMs = told.has('now') ? 0 : Number(grace)
for (let waitedMs = 0; waitedMs < graceMs && hasOrphans(orphans); waitedMs += lookMs) await delay(lookMs)
if (hasOrphans(orphans)) note(`its server has ended: ${describe(await endOrphans(orphans))}`)
process.exit(0)

/** Lines of a word and a number, the latest for each word. Resolves when the server has ended. */
async function listen(): Promise<ReadonlyMap<string, number>> {
  const told = new Map<string, number>()
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const [word = '', number] = line.split(' ')
    told.set(word, Number(number))
  })
  await new Promise<void>((resolve) => {
    lines.once('close', resolve)
    process.stdin.once('error', () => resolve())
  })
  return told
}

function describe(possession: Awaited<ReturnType<typeof endOrphans>>): string {
  switch (possession) {
    case 'taken':
      return 'another has adopted what it left'
    case 'held':
    case 'unheld':
      return 'ended its agents and its PostgreSQL'
    case 'empty':
      return 'ended its agents'
    default:
      return possession satisfies never
  }
}

function note(message: string): void {
  process.stderr.write(`${new Date(systemClock.now()).toISOString()} guardian (process ${process.pid}): ${message}\n`)
}
