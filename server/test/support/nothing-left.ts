import process from 'node:process'
import { afterAll, expect, vi } from 'vitest'

/** What goes on by itself, and takes its time from every file that comes after in this process. */
const restless = new Set(['Immediate', 'TCPServerWrap'])

/** Files share a process: what one leaves running would slow down the others, and nobody would look for the reason there. */
afterAll(async () => {
  await vi.waitFor(() => expect(process.getActiveResourcesInfo().filter((name) => restless.has(name))).toEqual([]), {
    timeout: 10_000,
    interval: 50,
  })
}, 15_000)
