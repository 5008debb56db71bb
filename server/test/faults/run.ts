/** Runs all fault tests with several seeds, and prints what they measured as a table. Arguments go to vitest. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { printTable, type RunReport } from './report.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'reckon-faults-'))
const reportFile = path.join(directory, 'runs.jsonl')
const vitest = ['vitest', 'run', '--project', 'server', '--maxWorkers', '1', 'test/faults', ...process.argv.slice(2)]

// One file after the other: each has the machine to itself, as far as it goes.
const child = spawn('npx', vitest, {
  stdio: 'inherit',
  env: { RECKON_TEST_FSYNC: 'on', ...process.env, RECKON_FAULTS: 'all', RECKON_FAULT_REPORT: reportFile },
})
child.once('exit', (code) => {
  if (existsSync(reportFile)) {
    const lines = readFileSync(reportFile, 'utf8').trim().split('\n')
    process.stdout.write(`\n${printTable(lines.map((line) => JSON.parse(line) as RunReport))}\n`)
  }
  rmSync(directory, { recursive: true })
  process.exitCode = code ?? 1
})
