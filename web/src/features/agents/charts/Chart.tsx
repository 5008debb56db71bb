import { useEffect, useId, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { formatCount } from '../../../format/number.ts'
import { formatClockSecond } from '../../../format/time.ts'
import { useLanguage } from '../../../language/language.ts'
import { t } from '../../../language/t.ts'
import { areColorsForced, readColors, watchColors } from '../../../components/time/theme-colors.ts'
import styles from './Charts.module.css'
import { mostLines, summaryOf, type Line } from './series.ts'

const height = 150

const variables = {
  text: '--text-muted',
  line: '--line',
  line0: '--accent',
  line1: '--succeeded-solid',
  line2: '--running-solid',
  line3: '--failed-solid',
  line4: '--ready-solid',
  line5: '--waiting-text',
} as const

/** Where colours are the system's, and for those who do not tell them apart. */
const dashes = [[], [6, 3], [2, 2], [10, 3, 2, 3], [4, 6], [1, 4]]

interface Props {
  title: string
  /** Of a value, as a person reads it. */
  format?: (value: number) => string
  /** Milliseconds since the Unix epoch. */
  times: readonly number[]
  lines: readonly Line[]
}

/** One figure over time: a picture, and the sentence that says the same. */
export function Chart({ title, times, lines, format = formatCount }: Props) {
  const id = useId()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const data = useRef<uPlot.AlignedData>([[]])
  const language = useLanguage()
  const names = JSON.stringify(lines.map(({ operation }) => operation))

  // First, so that what is made below has the values of now.
  useEffect(() => {
    data.current = [times.map((time) => time / 1_000), ...lines.map(({ values }) => [...values])]
    plot.current?.setData(data.current)
  })
  // Made anew for other lines, colours and languages; new values are only set.
  useEffect(() => {
    const element = host.current
    if (!element) return
    const make = () => {
      plot.current?.destroy()
      plot.current = new uPlot(
        optionsOf(element, JSON.parse(names) as (string | null)[], format),
        data.current,
        element,
      )
    }
    make()
    const unwatch = watchColors(make)
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      unwatch()
      observer.disconnect()
      plot.current?.destroy()
      plot.current = null
    }
  }, [names, language, format])

  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <div ref={host} className={styles.plot} aria-hidden="true" />
      <ul className={styles.values}>
        {lines.map(({ operation, values }, place) => (
          <li key={operation} data-line={operation === null ? undefined : place}>
            {operation !== null && <b>{operation} </b>}
            {sentenceOf(values, format)}
          </li>
        ))}
      </ul>
    </figure>
  )
}

function sentenceOf(values: readonly (number | null)[], format: (value: number) => string): string {
  const summary = summaryOf(values)
  if (summary === null) return t('Nothing in these minutes')
  const { now, most, mean } = summary
  const figures = { most: format(most), mean: format(mean) }
  return now === null
    ? t('{mean} on average, {most} at most', figures)
    : t('{now} now, {mean} on average, {most} at most', { now: format(now), ...figures })
}

function optionsOf(
  host: HTMLElement,
  names: readonly (string | null)[],
  format: (value: number) => string,
): uPlot.Options {
  const colors = readColors(host, variables)
  const isForced = areColorsForced()
  const text = isForced ? 'CanvasText' : colors.text
  const line = isForced ? 'GrayText' : colors.line
  const font = `11px ${getComputedStyle(host).fontFamily}`
  const axis: uPlot.Axis = { stroke: text, font, grid: { stroke: line, width: 1 }, ticks: { show: false } }
  return {
    width: host.clientWidth,
    height,
    // At the right half a label of the time axis has room.
    padding: [8, 28, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, (max ?? 0) * 1.1)] } },
    axes: [
      { ...axis, space: 70, size: 24, values: (_plot, splits) => splits.map((at) => formatClockSecond(at * 1_000)) },
      { ...axis, space: 30, size: 48, values: (_plot, splits) => splits.map(format) },
    ],
    series: [
      {},
      ...names.map((_name, place) => ({
        stroke: isForced ? 'CanvasText' : colors[`line${place % mostLines}` as 'line0'],
        width: 2,
        dash: names.length > 1 ? (dashes[place % dashes.length] ?? []) : [],
        points: { show: false },
        // Nothing was begun there: that is no gap in what is known.
        spanGaps: true,
      })),
    ],
  }
}
