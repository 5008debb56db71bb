import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { endAgent, endAgents, hasAgents, isThere, type AgentNote } from './agent-file.ts'
import { claimServer, type Claim } from './claim.ts'
import { readDataFolder } from './data-folder.ts'
import { holderOf, readPostmasterFile, type PostmasterFile } from './postmaster-file.ts'
import { stopPostmaster } from './postmaster.ts'
import { isRunning, signal } from './process.ts'

/** What a server that has ended has started, in a data folder. */
export interface Orphans {
  readonly directory: string
  /** The number of its PostgreSQL; undefined where it had none. */
  readonly postmaster: number | undefined
  /** Its agents; their notes in the folder may have been deleted. */
  readonly agents: readonly Pick<AgentNote, 'pid' | 'name'>[]
  /** Whether the folder was its own at some time. If not, what else runs there is not for us to end. */
  readonly hadFolder: boolean
}

/**
 * Whose the folder is now.
 * `taken`: another Reckon's, with all that runs there. `held`: ours, and no other can take it while we hold it. `unheld`: nobody's, but its
 * PostgreSQL takes no connection that could hold it. `empty`: no PostgreSQL runs there.
 */
type Possession =
  | { readonly kind: 'taken' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'held'; readonly postmaster: number; readonly claim: Claim }
  | { readonly kind: 'unheld'; readonly postmaster: number }

const pollMs = 100
/** How long a PostgreSQL may take to be ready before it is ended without having been asked whose it is. */
const maxTries = 100

/** An initdb that is cut short leaves a draft, which the next start removes: there is nothing in it to wait for. */
export function endInitdb(pid: number): void {
  if (isRunning(pid)) signal(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
}

/** Whether there is anything left to end. */
export function hasOrphans({ directory, postmaster, agents, hadFolder }: Orphans): boolean {
  // Its number may be another program's by now; that comes out when it is to be ended.
  if (postmaster !== undefined && isRunning(postmaster)) return true
  if (agents.some(isThere)) return true
  return hadFolder && (findPostmaster(directory) !== undefined || hasAgents(agentsIn(directory)))
}

/** Ends what is left, but for what another Reckon has adopted. Tells what was done. */
export async function endOrphans(orphans: Orphans): Promise<Possession['kind']> {
  const possession = await takePossession(orphans)
  if (possession.kind === 'taken') return 'taken'
  const data = dataIn(orphans.directory)
  // The claim ends with the server: let go earlier, another Reckon could take what is being stopped.
  await Promise.all([
    orphans.hadFolder && endAgents(agentsIn(orphans.directory)),
    ...orphans.agents.filter(isThere).map(({ pid }) => endAgent(pid)),
    'postmaster' in possession && stopPostmaster({ pid: possession.postmaster }, { data }),
  ])
  if (possession.kind === 'held') await possession.claim.release()
  return possession.kind
}

async function takePossession({ directory, postmaster: own }: Orphans): Promise<Possession> {
  for (let tries = 1; ; tries++) {
    const file = findPostmaster(directory)
    if (file?.isReady) {
      const possession = await claim(directory, file)
      if (possession) return possession
    } else if (file?.pid !== undefined && file.pid === own) return { kind: 'unheld', postmaster: own }
    // A folder that was deleted under its PostgreSQL holds nothing by which to ask.
    if (!existsSync(dataIn(directory)) && isPostmaster(directory, own)) return { kind: 'unheld', postmaster: own }
    // In the first moments of its start a PostgreSQL has no file yet.
    const mayCome = own !== undefined && isRunning(own)
    if (file === undefined && !mayCome) return { kind: 'empty' }
    if (tries >= maxTries) {
      if (isPostmaster(directory, own)) return { kind: 'unheld', postmaster: own }
      return file === undefined ? { kind: 'empty' } : { kind: 'taken' }
    }
    await delay(pollMs)
  }
}

/** Undefined where it does not answer, or not yet. */
async function claim(directory: string, { pid, port }: PostmasterFile): Promise<Possession | undefined> {
  if (pid === undefined || port === undefined) return undefined
  try {
    const outcome = await claimServer({ pid, port }, readDataFolder(directory), 'guardian')
    return outcome.kind === 'claimed' ? { kind: 'held', postmaster: pid, claim: outcome.claim } : { kind: 'taken' }
  } catch {
    return undefined
  }
}

const dataIn = (directory: string) => path.join(directory, 'data')
const agentsIn = (directory: string) => path.join(directory, 'agents')

const isPostmaster = (directory: string, pid: number | undefined): pid is number =>
  pid !== undefined && isRunning(pid) && holderOf(pid, dataIn(directory)) === 'postmaster'

/** The PostgreSQL that runs on the folder by its own account. */
function findPostmaster(directory: string): PostmasterFile | undefined {
  const data = dataIn(directory)
  const file = existsSync(data) ? readPostmasterFile(data) : undefined
  return isPostmaster(directory, file?.pid) ? file : undefined
}
