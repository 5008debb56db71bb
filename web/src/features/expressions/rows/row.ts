import { graphql, type ResultOf } from '../../../graphql.ts'

/** What a row shows of an expression. Of a source of 10 000 characters the beginning comes. */
export const RowFragment = graphql(`
  fragment ExpressionRow on Expression @_unmask {
    id
    version
    sourceBeginning(characters: 160)
    sourceLength
    status
    progress {
      completed
      total
    }
    result {
      decimal
      isDecimalExact
      rounded: decimal(digits: 16)
    }
    error {
      code
      message
      span {
        position
      }
    }
    createdAt
    startedAt
    finishedAt
  }
`)

export type Row = ResultOf<typeof RowFragment>

/** From its start to its end; null where it has not ended, or never began. */
export const durationMs = ({ startedAt, finishedAt }: Row): number | null =>
  startedAt === null || finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt)
