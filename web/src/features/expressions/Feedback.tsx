import { Suspense } from 'react'
import { expressionPath } from '../../format/expression-path.ts'
import { lazyPart } from '../../components/lazy-part.tsx'
import { noDataText } from '../../components/server-text.tsx'
import { t, tx } from '../../language/t.ts'
import { Link } from '../../routing/Link.tsx'
import styles from './Feedback.module.css'
import { PlanSummary } from './PlanSummary.tsx'
import { SourceProblem } from './SourceProblem.tsx'
import type { PlanPreview } from './usePlanPreview.ts'
import type { SubmissionState } from './useSubmission.ts'

const PlanSlots = lazyPart(() => import('./PlanSlots.tsx'))

interface Props {
  preview: PlanPreview | null
  submission: SubmissionState
  regroup: boolean
  onFix: (source: string) => void
}

/** One thing at a time about what stands in the form: how its submission went, else what its plan would be. */
export function Feedback({ preview, submission, regroup, onFix }: Props) {
  switch (submission.kind) {
    case 'submitted':
      return (
        <p className={styles.submitted}>
          {tx('Submitted. <link>Watch it being computed</link>', {
            link: (inside) => <Link to={expressionPath(submission.id)}>{inside}</Link>,
          })}
        </p>
      )
    case 'refused':
      return <SourceProblem problem={submission.problem} onFix={onFix} />
    case 'unanswered':
      return (
        <p className={styles.unanswered}>
          {noDataText(
            submission.error,
            t('The server did not answer. Press Evaluate again: it will not be computed twice.'),
          )}
        </p>
      )
    case 'idle':
    case 'submitting':
      if (preview === null)
        return (
          <p className={styles.hint}>
            {t(
              'Numbers, + − × ÷ ^ and parentheses, names as in x = 2; x^9, gcd(12, 18), sum(k = 1..9, 1/k). Results are exact.',
            )}
          </p>
        )
      if (preview.outcome.__typename === 'Unanswered')
        return <p className={styles.unanswered}>{noDataText(preview.outcome.error, '')}</p>
      return preview.outcome.__typename === 'Plan' ? (
        <>
          <PlanSummary plan={preview.outcome} />
          {preview.outcome.operationCount > 0 && preview.outcome.failure === null && (
            <Suspense fallback={null}>
              <PlanSlots source={preview.source} regroup={regroup} />
            </Suspense>
          )}
        </>
      ) : (
        <SourceProblem problem={preview.outcome} onFix={onFix} />
      )
    default:
      return submission satisfies never
  }
}
