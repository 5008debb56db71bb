import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'

/** Why a package of a peer cannot be used; null where it can. */
export function missingPackage(name: string): string | null {
  try {
    createRequire(import.meta.url).resolve(name)
    return null
  } catch {
    return `the package ${name} is not installed: run \`npm --prefix bench ci\``
  }
}

/** Where a program is that the PATH leads to; null where it is not. */
export function findProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.map((folder) => path.join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
