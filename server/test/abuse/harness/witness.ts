import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RealServer } from './server.ts'

/** What others had of the server while a probe ran. */
export interface Testimony {
  /** What the server's main thread had of the processor while `/health` waited for its answer, at the worst. */
  readonly healthMs: number
  /** The longest that `/health` took by the clock, and that the same took a program that does nothing else. */
  readonly healthWallMs: number
  readonly controlWallMs: number
  /** From the submission of `1+1` to the news of its end, less what the machine made wait: at the worst, and of how many. */
  readonly neighbourMs: number
  readonly neighbourWallMs: number
  readonly neighbours: number
  /** What the submissions were refused with, or came to where it was not 2. */
  readonly failures: readonly string[]
}

export interface WitnessOrder {
  readonly port: number
  readonly socketUrl: string
  readonly serverPid: number
  readonly agentPids: readonly number[]
  readonly postmasterPid: number
  readonly token: string
  readonly address: string
}

const file = fileURLToPath(new URL('witness-process.ts', import.meta.url))
const control = fileURLToPath(new URL('control-process.ts', import.meta.url))

/** Another user of the server, in a process of its own, since that of the probes stands still at times. */
export class Witness {
  readonly #child: ChildProcess
  readonly #control: ChildProcess

  static async start(server: RealServer, token: string, address: string): Promise<Witness> {
    const controlChild = fork(control, { execArgv: ['--import', 'tsx'] })
    const controlPort = await new Promise<number>((resolve) =>
      controlChild.once('message', (port) => resolve(Number(port))),
    )
    const { port, socketUrl, pid: serverPid, agentPids, postmasterPid } = server
    const order: WitnessOrder = { port, socketUrl, serverPid, agentPids, postmasterPid, token, address }
    const child = fork(file, [JSON.stringify(order), String(controlPort)], { execArgv: ['--import', 'tsx'] })
    await new Promise<void>((resolve) => child.once('message', () => resolve()))
    return new Witness(child, controlChild)
  }

  private constructor(child: ChildProcess, controlChild: ChildProcess) {
    this.#child = child
    this.#control = controlChild
  }

  /** Forgets what it has seen. */
  begin(): void {
    this.#child.send('begin')
  }

  /** What it has seen since, once what it waits for has come, or does not come in this time. */
  async testify(patienceMs: number): Promise<Testimony> {
    const testimony = new Promise<Testimony>((resolve) =>
      this.#child.once('message', (message) => resolve(message as Testimony)),
    )
    this.#child.send({ patienceMs })
    return testimony
  }

  end(): void {
    this.#child.kill('SIGKILL')
    this.#control.kill('SIGKILL')
  }
}
