import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { isAlive } from '../../../src/embedded/process.ts'

const root = '/tmp'
const prefix = 'reckon-small-disk-'

/** A file system that is soon full, in memory. */
export interface SmallDisk {
  readonly directory: string
  /** Takes all the room there is. */
  fill(): Promise<void>
  /** Gives it back. */
  clear(): Promise<void>
  remove(): void
}

/** Null where this user may not mount one. */
export function mountSmallDisk(mebibytes: number): SmallDisk | null {
  removeLeftovers()
  const directory = path.join(root, `${prefix}${process.pid}-${performance.now().toFixed()}`)
  mkdirSync(directory)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'reckon-test', directory])
  if (status !== 0) {
    rmSync(directory, { recursive: true })
    return null
  }
  const ballast = path.join(directory, 'ballast')
  return {
    directory,
    async fill() {
      const { bavail, bsize } = await statfs(directory)
      const file = await open(ballast, 'w')
      try {
        await file.write(Buffer.alloc(Math.max(0, bavail - 256) * bsize))
        const block = Buffer.alloc(bsize)
        // Others write meanwhile, so the last blocks may not be there any more.
        for (let left = 256; left > 0; left--) await file.write(block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        await file.close()
      }
    },
    clear: () => rm(ballast),
    remove: () => unmount(directory),
  }
}

export function canMount(): boolean {
  const disk = mountSmallDisk(1)
  disk?.remove()
  return disk !== null
}

/** Of runs that were killed. Their PostgreSQL ends by itself when its files are gone. */
function removeLeftovers(): void {
  for (const name of readdirSync(root)) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) unmount(path.join(root, name))
  }
}

function unmount(directory: string): void {
  for (const name of readdirSync(directory)) rmSync(path.join(directory, name), { recursive: true, force: true })
  spawnSync('umount', ['--lazy', directory])
  rmSync(directory, { recursive: true, force: true })
}
