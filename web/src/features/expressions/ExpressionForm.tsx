import { useId, useState, useSyncExternalStore, type FormEvent, type RefObject } from 'react'
import { Button } from '../../components/Button.tsx'
import { t } from '../../language/t.ts'
import { useExpressionOpener } from '../../transport/open-expression.ts'
import styles from './ExpressionForm.module.css'
import { Feedback } from './Feedback.tsx'
import { SourceField } from './SourceField.tsx'
import { spanOf } from './SourceProblem.tsx'
import { stayOnForm } from './stay-on-form.ts'
import { PlanPlace } from './tree/PlanPlace.tsx'
import { useBroughtSource } from './useBroughtSource.ts'
import { usePlanPreview, type PlanPreview } from './usePlanPreview.ts'
import { useSubmission } from './useSubmission.ts'

/** Where a source is wrong. */
const markOf = (outcome: PlanPreview['outcome']) =>
  outcome.__typename === 'Plan' || outcome.__typename === 'Unanswered' ? null : spanOf(outcome)

interface Props {
  field: RefObject<HTMLTextAreaElement | null>
  source: string
  onSourceChange: (source: string) => void
  /** It is taken in, and need stand here no longer. */
  onSubmitted: (source: string) => void
}

/** Where an expression is written: it tells while one types what the server will make of it. */
export function ExpressionForm({ field, source, onSourceChange, onSubmitted }: Props) {
  const [regroup, setRegroup] = useState(true)
  const preview = usePlanPreview(source, regroup)
  const submission = useSubmission()
  const feedbackId = useId()
  const opener = useExpressionOpener()
  const isStaying = useSyncExternalStore(stayOnForm.subscribe, stayOnForm.get)
  useBroughtSource(async (brought) => {
    onSourceChange(brought)
    const open = opener()
    const id = await submission.submit(brought, regroup)
    if (id === null) return
    await open(id)
    onSubmitted(brought)
  })

  const isCurrent = preview !== null && preview.source === source
  const isStale = preview !== null && !isCurrent
  const mark = isCurrent ? markOf(preview.outcome) : null

  function change(next: string) {
    onSourceChange(next)
    if (submission.state.kind !== 'submitting') submission.reset()
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    field.current?.focus()
    if (source.trim() === '' || submission.state.kind === 'submitting') return
    const open = opener()
    const id = await submission.submit(source, regroup)
    if (id === null) return
    // What was written stays in sight until what runs takes its place.
    if (!stayOnForm.get()) await open(id)
    onSubmitted(source)
  }

  return (
    <form className={styles.form} onSubmit={(event) => void onSubmit(event)}>
      <div className={styles.row}>
        <SourceField ref={field} value={source} onChange={change} mark={mark} describedBy={feedbackId} />
        <Button type="submit" look="primary" isBusy={submission.state.kind === 'submitting'}>
          {t('Evaluate')}
        </Button>
      </div>
      <div className={styles.below}>
        <div id={feedbackId} className={styles.feedback} aria-live="polite" data-stale={isStale || undefined}>
          <Feedback
            regroup={regroup}
            preview={preview}
            submission={submission.state}
            onFix={(fixed) => {
              change(fixed)
              field.current?.focus()
            }}
          />
        </div>
        <div className={styles.options}>
          <label
            className={styles.option}
            title={t('Sums and products may be computed in another order, to finish sooner. The result is the same.')}
          >
            <input type="checkbox" checked={regroup} onChange={(event) => setRegroup(event.target.checked)} />
            {t('Regroup chains')}
          </label>
          <label className={styles.option} title={t('To write the next one, instead of watching this one run')}>
            <input type="checkbox" checked={isStaying} onChange={(event) => stayOnForm.set(event.target.checked)} />
            {t('Stay here')}
          </label>
        </div>
      </div>
      <PlanPlace preview={preview} isCurrent={isCurrent} />
    </form>
  )
}
