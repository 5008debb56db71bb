import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { version } from '../src/version.ts'
import { temporaryRoot } from './support/temporary.ts'

// As it is built, which `npm test` does first.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** Runs the server's program with these arguments in a folder of its own until it ends. */
async function run(...args: string[]) {
  const folder = mkdtempSync(path.join(temporaryRoot(), 'reckon-command-line-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return await new Promise<{ code: unknown; stdout: string; stderr: string; hasStarted: boolean }>((resolve) => {
    const data = path.join(folder, 'data-folder')
    const env = { ...process.env, RECKON_DATA: data }
    execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr, hasStarted: existsSync(data) }),
    )
  })
}

test('asked for its version or for help the program says so and starts nothing', { timeout: 120_000 }, async () => {
  expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '', hasStarted: false })
  expect(await run('--help')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Usage:') as string,
    hasStarted: false,
  })
})

test('what it does not know it refuses, and starts nothing', { timeout: 120_000 }, async () => {
  const { code, stderr, hasStarted } = await run('--port', '4001')
  expect([code, hasStarted]).toEqual([2, false])
  expect(stderr).toMatch(/^reckon: Unknown option '--port'.*Try --help\.\n$/s)
})
