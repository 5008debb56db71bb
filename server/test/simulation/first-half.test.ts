import { testHistories } from './suite.ts'

// Two files, so that two cores share the histories.
testHistories(1, 5_000)
