import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startWorld } from '../../server/test/support/world.ts'
import { program, temporaryFolder, variablesOf } from './support/reckon.ts'
import { computeAll } from './support/world.ts'

const run = promisify(execFile)
const workspace = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const documents = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')

/** What `npm pack` makes of a workspace, unpacked in a folder with nothing else. */
async function unpacked(name: string): Promise<string> {
  const folder = temporaryFolder()
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: workspace(name) })
  const tarball = path.join(folder, stdout.trim())
  execFileSync('tar', ['-xzf', tarball, '-C', folder])
  rmSync(tarball)
  return path.join(folder, 'package/dist/main.js')
}

test('the packed command line computes without the repository', async () => {
  const world = await startWorld()
  computeAll(await world.openAgent())
  const file = await unpacked('cli')
  const env = { PATH: process.env['PATH'], ...(await variablesOf(world.app, world.admin)) }
  expect((await run(process.execPath, [file, '--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect((await run(process.execPath, [file, '2+2*2'], { env })).stdout).toBe('6\n')
})

test('the packed agent starts without the repository', async () => {
  const file = await unpacked('agent')
  expect((await run(process.execPath, [file, '--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('the lines of docs/cli.md do what they say', async () => {
  const world = await startWorld()
  computeAll(await world.openAgent())
  const { RECKON_TOKEN: token = '' } = await variablesOf(world.app, world.admin)
  const blocks = [...documents.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block).slice(1)
  const script = blocks.join('').replace('rkp_…', token).replaceAll('localhost:4000', new URL(world.app.url).host)
  const reckon = `set -e; reckon() { "${process.execPath}" "${program}" "$@"; }`
  const { stdout } = await run('sh', ['-c', `${reckon}\n${script}\ncat results.jsonl`], { cwd: temporaryFolder() })
  expect(stdout).toMatch(/^6\n1\/3\n0\.28571\noperations +3\n/)
  expect(stdout).toContain('"decimal":"18446744073709551615"')
  expect(stdout.match(/"key":"third".*"decimal":"1024"/g)).toHaveLength(2)
})
