/// <reference types="node" />
import process from 'node:process'
import { findChromium } from './chromium.ts'

/** Runs once before the tests of the page, so that what is left out is said once, and is an error where all must run. */
export default function announceChromium(): void {
  if (findChromium() !== null) return
  const message = 'No Chromium was found (set CHROMIUM_PATH to one)'
  if (process.env['CI'] === 'true') throw new Error(`${message}, and in CI the browser tests must run.`)
  console.warn(`${message}: the browser tests are left out.`)
}
