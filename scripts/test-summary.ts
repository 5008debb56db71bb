/**
 * Prints `N passed, N failed` from vitest's own report, after the names of the tests that failed or were skipped.
 * Usage: test-summary.ts <report.json> <exit code of the test run>. A run that failed without a failed test (a suite that
 * did not load, an unhandled error, no report at all) counts as one failure.
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

const nothing: Report = { numPassedTests: 0, numFailedTests: 0, testResults: [] }

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch (error) {
    console.log(`no test report: ${error instanceof Error ? error.message : String(error)}`)
    return nothing
  }
}

const [, , file = '', exitCode = '1'] = process.argv
const report = readReport(file)

let brokenSuites = 0
for (const suite of report.testResults) {
  for (const test of suite.assertionResults) {
    if (test.status !== 'passed') console.log(`${test.status}: ${suite.name} > ${test.fullName}`)
  }
  const hasFailedTest = suite.assertionResults.some((test) => test.status === 'failed')
  if (suite.status === 'failed' && !hasFailedTest) {
    brokenSuites += 1
    console.log(`failed to run: ${suite.name}: ${suite.message}`)
  }
}

const counted = report.numFailedTests + brokenSuites
const unexplained = counted === 0 && (exitCode !== '0' || report.numPassedTests === 0)
const failed = unexplained ? 1 : counted
if (unexplained) console.log(`the test run ended with exit code ${exitCode} and ${report.numPassedTests} passed tests`)
console.log(`${report.numPassedTests} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
