import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'

/** A program to run JavaScript with. */
interface Node {
  readonly program: string
  /** As Node says it of itself: `v24.21.0`. */
  readonly version: string
}

/**
 * Node as it comes with the peers, some of which need a newer one than Reckon does; else that of this process. All that is measured runs on
 * the same one.
 */
export const node: Node = ofPeers() ?? { program: process.execPath, version: process.version }

function ofPeers(): Node | null {
  try {
    const description = createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`)
    const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version: string }
    return { program: path.join(path.dirname(description), 'bin/node'), version: `v${version}` }
  } catch {
    return null
  }
}

/** Of all peers the one that wants the newest Node asks for this. */
const peersNeed = { major: 22, minor: 18 }

/** Why the peers cannot run on it; null where they can. */
export function tooOldForPeers({ version } = node): string | null {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  if (major > peersNeed.major || (major === peersNeed.major && minor >= peersNeed.minor)) return null
  return `it needs Node ${peersNeed.major}.${peersNeed.minor} or newer, and this is ${version}`
}
