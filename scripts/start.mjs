/**
 * `npm start`: builds what has changed since the last build, and starts the server in this very process, so that signals reach it. Plain JavaScript that
 * older versions of Node read too, to tell that they are too old.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

const root = process.cwd()
const program = path.join(root, 'server/dist/main.js')
/** The hash of the sources that the last build was of. A build removes it before it begins. */
const stamp = path.join(root, 'server/dist/built-from')
const built = [
  program,
  ...['server/dist/guardian.js', 'agent/dist/main.js', 'web/dist/index.html'].map((file) => path.join(root, file)),
]

const folders = ['server', 'agent', 'cli', 'web', 'prisma', 'scripts']
const files = ['package.json', 'package-lock.json', 'schema.graphql', 'prisma.config.ts', 'LICENSE']
const left = new Set(['node_modules', 'dist', 'test', 'generated'])

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  giveUp(`Node ${process.versions.node} is too old: Reckon needs 20.19 or newer.`)

const sources = hashSources()
if (!isFresh()) await build()
await import(pathToFileURL(program).href)

function isFresh() {
  return built.every((file) => existsSync(file)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources
}

/** Of names and contents: times change with each checkout. */
function hashSources() {
  const hash = createHash('sha256').update(process.version)
  const add = (file) => hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)))
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ))
      if (entry.isDirectory() && !left.has(entry.name)) walk(`${folder}/${entry.name}`)
      else if (entry.isFile()) add(`${folder}/${entry.name}`)
  }
  for (const file of files) if (existsSync(path.join(root, file))) add(file)
  for (const folder of folders) if (existsSync(path.join(root, folder))) walk(folder)
  return hash.digest('hex')
}

async function build() {
  try {
    for (const folder of ['server', 'agent', 'web']) accessSync(path.join(root, folder), constants.W_OK)
  } catch {
    giveUp(`${root} has to be built and cannot be written by this user: run "npm run build" as its owner first.`)
  }
  const npm = process.env.npm_execpath
  const parameters = ['run', '--silent', 'build']
  const child = npm
    ? spawn(process.execPath, [npm, ...parameters], { stdio: 'inherit' })
    : spawn('npm', parameters, { stdio: 'inherit', shell: process.platform === 'win32' })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const end = (signal) => {
    child.kill(signal)
    process.exit(1)
  }
  for (const signal of signals) process.on(signal, end)
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  if (code !== 0) process.exit(code)
  for (const signal of signals) process.removeListener(signal, end)
  writeFileSync(stamp, sources)
}

function giveUp(line) {
  process.stderr.write(`reckon: ${line}\n`)
  process.exit(1)
}
