/// <reference types="node" />
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { chromium, type Browser } from 'playwright-core'

const onWindows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
  const folder = process.env[variable]
  if (folder === undefined) return []
  return ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'].map((file) =>
    path.join(folder, file),
  )
})

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...onWindows,
]

/** The Chromium of this machine: the one that CHROMIUM_PATH names and no other, else one that stands in a usual place. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') return existsSync(named) ? named : null
  return usualPlaces.find((file) => existsSync(file)) ?? null
}

/** Of its own accord Chromium calls its maker and opens UDP sockets; a test's browser talks to Reckon alone. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('There is no Chromium on this machine.')
  return await chromium.launch({ executablePath, args: flags, chromiumSandbox: false })
}
