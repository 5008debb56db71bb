import process from 'node:process'
import type { Ledger } from '../../load/ledger.ts'
import { WorkerPrograms } from '../worker-programs.ts'
import { built } from './built.ts'

/** Of both agents together where there may be many. */
const manySlots = 128

/** Built agents, one after the other at each of the servers. */
export function agentPrograms(urls: readonly string[], token: string, ledger: Ledger): WorkerPrograms {
  return new WorkerPrograms(ledger, manySlots, ({ slots, number }) => ({
    command: [
      process.execPath,
      '--enable-source-maps',
      built('agent'),
      '--name',
      `agent-${number}`,
      '--slots',
      String(slots),
    ],
    environment: {
      NODE_ENV: 'production',
      RECKON_SERVER: urls[number % urls.length] ?? '',
      RECKON_AGENT_TOKEN: token,
      LOG_LEVEL: 'warn',
    },
  }))
}
