import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { LogRotation } from '../src/embedded/log-rotation.ts'
import { whenTestIsDone } from './support/cleanup.ts'
import { temporaryRoot } from './support/temporary.ts'

const maxBytes = 10_000

function rotationIn(directory: string): LogRotation {
  const onProblem = (error: unknown) => {
    throw error
  }
  const rotation = new LogRotation({ directory, maxBytes, everyMs: 3_600_000, onProblem })
  whenTestIsDone(() => rotation.stop())
  return rotation
}

function makeFolder(): string {
  const folder = mkdtempSync(path.join(temporaryRoot(), 'reckon-logs-'))
  mkdirSync(path.join(folder, 'agents'))
  whenTestIsDone(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const line = (place: number) => `line ${place} ${'x'.repeat(60)}\n`

test('what a process goes on writing to an open file stays within bounds, in whole lines, with its last', async () => {
  const folder = makeFolder()
  const file = path.join(folder, 'agents', 'agent-1.log')
  const rotation = rotationIn(folder)
  const log = openSync(file, 'a')
  // Each time that it is told to, it writes a hundred lines.
  const script = `let n = 0
    process.stdin.on('data', () => {
      for (let i = 0; i < 100; i++) require('fs').writeSync(1, 'line ' + n++ + ' ' + 'x'.repeat(60) + '\\n')
      process.stderr.write('.')
    })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', log, 'pipe'] })
  closeSync(log)
  whenTestIsDone(() => void child.kill())
  for (let round = 0; round < 20; round++) {
    child.stdin?.write('more')
    if (child.stderr) await once(child.stderr, 'data')
    rotation.look()
    expect(statSync(file).size).toBeLessThanOrEqual(maxBytes)
  }
  const kept = readFileSync(`${file}.1`, 'utf8')
  expect(kept.length).toBeLessThanOrEqual(maxBytes)
  const lines = (kept + readFileSync(file, 'utf8')).trimEnd().split('\n')
  expect(lines.at(-1)).toBe(line(1_999).trimEnd())
  expect(lines).toEqual(lines.map((_, place) => line(2_000 - lines.length + place).trimEnd()))
})

test('a log that is short is left as it is, and of one that grew at once the end is kept', () => {
  const folder = makeFolder()
  const [short, long] = [path.join(folder, 'postgres.log'), path.join(folder, 'server.log')]
  writeFileSync(short, line(1))
  writeFileSync(long, Array.from({ length: 10_000 }, (_, place) => line(place)).join(''))
  rotationIn(folder)
  expect(readFileSync(short, 'utf8')).toBe(line(1))
  expect(statSync(long).size).toBe(0)
  const kept = readFileSync(`${long}.1`, 'utf8')
  expect(kept.length).toBeLessThanOrEqual(maxBytes)
  expect(kept.endsWith(line(9_999))).toBe(true)
  expect(kept).toMatch(/^line /)
  if (process.platform !== 'win32') expect(statSync(`${long}.1`).mode & 0o077).toBe(0)
})
