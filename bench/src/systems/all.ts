import { reckon } from './reckon/reckon.ts'
import type { System } from './system.ts'

/** Reckon first: the others are held against it. */
export const systems: readonly System[] = [reckon]
