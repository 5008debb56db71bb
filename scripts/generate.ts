/**
 * Generates what git ignores: the Prisma client and the Pothos types from prisma/schema.prisma, and the types of
 * agent, cli and web from schema.graphql. Skips what is up to date, so that a build after `git pull` is right without being slow.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

interface Generator {
  readonly name: string
  /** Where it runs, from the root. */
  readonly directory: string
  /** The command line's module, run by this Node: no shell, no PATH, the same on every platform. */
  readonly module: string
  readonly arguments: readonly string[]
  readonly inputs: readonly string[]
  /** The folder that it fills; a stamp with the hash of the inputs is kept there. */
  readonly output: string
}

const tada = (workspace: string): Generator => ({
  name: `${workspace}'s GraphQL types`,
  directory: workspace,
  module: path.join(path.dirname(require.resolve('gql.tada/package.json')), 'bin/cli.js'),
  arguments: ['generate-output'],
  inputs: ['schema.graphql', 'package-lock.json', `${workspace}/tsconfig.json`],
  output: `${workspace}/src/generated`,
})

const generators: readonly Generator[] = [
  {
    name: 'the Prisma client',
    directory: '.',
    module: path.join(path.dirname(require.resolve('prisma/package.json')), 'build/index.js'),
    arguments: ['generate', '--no-hints'],
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
    output: 'server/src/generated',
  },
  tada('agent'),
  tada('cli'),
  tada('web'),
]

function hashInputs(generator: Generator): string {
  const hash = createHash('sha256')
  for (const input of generator.inputs) hash.update(readFileSync(path.join(root, input)))
  return hash.digest('hex')
}

/** Runs it; its output is chatter unless it fails. */
function run(generator: Generator): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [generator.module, ...generator.arguments], {
      cwd: path.join(root, generator.directory),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (text) => (output += String(text)))
    child.stderr.on('data', (text) => (output += String(text)))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`could not generate ${generator.name} (exit code ${String(code)}):\n${output}`))
    })
  })
}

/** Brings everything generated up to date. With `force`, also what seems to be. */
export async function generate({ force = false } = {}): Promise<void> {
  await Promise.all(
    generators.map(async (generator) => {
      const stamp = path.join(root, generator.output, '.inputs')
      const hash = hashInputs(generator)
      if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
      await run(generator)
      writeFileSync(stamp, hash)
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await generate({ force: process.argv.includes('--force') })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
