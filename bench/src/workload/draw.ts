import type { Expression } from './expression.ts'
import { seeded } from './random.ts'
import type { Shape } from './shapes.ts'

/** Draws expressions that no two draws share: ids go on counting, while the trees depend on the seed and on how many were drawn. */
export class Drawer {
  private drawn = 0
  private readonly random

  constructor(seed: number) {
    this.random = seeded(seed)
  }

  draw(count: number, shape: Shape): Expression[] {
    return Array.from({ length: count }, () => this.drawOne(shape))
  }

  drawOne(shape: Shape): Expression {
    return { id: `bench-${++this.drawn}`, tasks: shape(this.random) }
  }
}
