import { testHistories } from './suite.ts'

testHistories(5_001, 5_000)
