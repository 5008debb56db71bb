import { inChunks } from './in-chunks.ts'
import type { BridgeMessage } from './message.ts'

/** What goes into a message: so many ids that it stays well below the largest payload. */
const idsAtATime = 100

/**
 * Which expressions of one user have changed, or left their owner's memory, since it was last told: of thousands a second the ids are most
 * of what replicas say to each other.
 */
export class ExpressionNews {
  private readonly ownerId: string
  private readonly changed = new Set<string>()
  private readonly left = new Set<string>()

  constructor(ownerId: string) {
    this.ownerId = ownerId
  }

  noteChanged(id: string): void {
    this.changed.add(id)
  }

  /** Who hears this takes it as changed too. */
  noteLeft(id: string): void {
    this.changed.delete(id)
    this.left.add(id)
  }

  messages(): BridgeMessage[] {
    const { ownerId } = this
    return [
      ...inChunks([...this.changed], idsAtATime).map((ids) => ({ kind: 'expressionsChanged', ownerId, ids }) as const),
      ...inChunks([...this.left], idsAtATime).map((ids) => ({ kind: 'expressionsLeft', ownerId, ids }) as const),
    ]
  }
}
