import { chmodSync, closeSync, existsSync, fchmodSync, mkdirSync, openSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const isSticky = (mode: number) => (mode & 0o1000) !== 0

/**
 * Makes a folder that this user alone may enter, or makes one such that is there already: what it holds tells who signed up, when, from where.
 * One that many share by design, such as /tmp, is left as it is; the files in it are private each by itself.
 */
export function makePrivateFolder(folder: string): void {
  makeFolder(folder)
  if (process.platform === 'win32') return
  const { mode } = statSync(folder)
  if ((mode & 0o077) !== 0 && !isSticky(mode)) chmodSync(folder, 0o700)
}

/** Below a folder such as /proc, Node's own `recursive` tries for ever. */
function makeFolder(folder: string): void {
  const above = path.dirname(folder)
  if (!existsSync(above)) makeFolder(above)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(folder).isDirectory()
    if (!isThere) throw error
  }
}

/** Opens a log for this user's eyes only, one that is there already too: a mode given to `open` counts for new files alone. */
export function openPrivateFile(file: string, flags: 'a' | 'w'): number {
  const descriptor = openSync(file, flags, 0o600)
  try {
    if (process.platform !== 'win32') fchmodSync(descriptor, 0o600)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}
