import type { StoreModel } from '../../model/store-model.ts'
import type { EventLoop, Process } from '../event-loop.ts'
import type { Faults } from '../faults.ts'
import type { Random } from '../random.ts'

interface StoreLinkOptions {
  readonly loop: EventLoop
  readonly random: Random
  readonly faults: Faults
  readonly store: StoreModel
  /** Where statements are run, whoever sent them and has crashed since. */
  readonly database: Process
  readonly replica: Process
}

/** A replica's way to the store: a statement takes time there and back, and the answer to one that was done may be lost. */
export class StoreLink {
  private readonly options: StoreLinkOptions

  constructor(options: StoreLinkOptions) {
    this.options = options
  }

  call<Result>(run: (store: StoreModel) => Result): Promise<Result> {
    const { loop, random, faults, store, database, replica } = this.options
    const delay = () => random.between(0, faults.longestDelayMs)
    return new Promise((resolve, reject) => {
      const breakOff = () => loop.schedule(replica, delay(), () => reject(broken()))
      loop.schedule(database, delay(), () => {
        const isLost = random.chance(faults.storeLossRate)
        if (faults.isStoreDown || (isLost && random.chance(0.5))) return breakOff()
        const result = run(store)
        if (isLost) return breakOff()
        loop.schedule(replica, delay(), () => resolve(result))
      })
    })
  }
}

const broken = () => Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' })
