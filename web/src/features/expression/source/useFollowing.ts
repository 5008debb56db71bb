import { useEffect, useRef, type RefObject } from 'react'
import { useSelectedTask } from '../selection.ts'
import { stateOf } from '../task/task-look.ts'
import type { Task } from '../useTasks.ts'
import type { SourceSegment } from './source-segments.ts'

type Chunks = readonly (readonly SourceSegment<Task>[])[]

/** Scrolls to the first operator that runs, as soon as none does in sight. */
export function useFollowing(
  frame: RefObject<HTMLElement | null>,
  chunks: Chunks,
  tasks: readonly Task[] | null,
  drawn: ReadonlySet<number>,
): void {
  useEffect(() => {
    const element = frame.current
    if (!element || !tasks) return
    const operators = [...element.querySelectorAll('[data-tone="running"]')]
    if (operators.some((operator) => isInside(element, operator))) return
    const runs = (segment: SourceSegment<Task>) =>
      segment.kind === 'operation' &&
      segment.tasks.some(({ index }) => tasks[index] !== undefined && stateOf(tasks[index]) === 'running')
    const first = operators[0]
    if (first) return scrollTo(element, first)
    // Far from what is in sight, operators are no elements until their chunk is drawn.
    const chunk = chunks.findIndex((segments) => segments.some(runs))
    if (chunk >= 0) scrollTo(element, element.children[chunk])
  }, [frame, chunks, tasks, drawn])
}

/** Scrolls to a task that was selected elsewhere. */
export function useSelectedInSight(frame: RefObject<HTMLElement | null>, chunks: Chunks): void {
  const selected = useSelectedTask()
  // Where it stands changes as values take its place, for which nobody wants to be taken there again.
  const latest = useRef(chunks)
  useEffect(() => {
    latest.current = chunks
  }, [chunks])
  useEffect(() => {
    const element = frame.current
    if (!element || selected === null) return
    const shows = (segment: SourceSegment<Task>) =>
      segment.kind === 'value'
        ? segment.task === selected
        : segment.kind === 'operation' && segment.tasks.some(({ index }) => index === selected)
    const chunk = latest.current.findIndex((segments) => segments.some(shows))
    if (chunk >= 0 && !isInSight(element, chunk)) scrollTo(element, element.children[chunk])
  }, [frame, selected])
}

const isInside = (frame: HTMLElement, element: Element): boolean => {
  const { top, bottom } = frame.getBoundingClientRect()
  const box = element.getBoundingClientRect()
  return box.top >= top && box.bottom <= bottom
}

function isInSight(frame: HTMLElement, chunk: number): boolean {
  const { top, bottom } = frame.getBoundingClientRect()
  const box = frame.children[chunk]?.getBoundingClientRect()
  return box !== undefined && box.bottom > top && box.top < bottom
}

/** Scrolls the frame alone, and not the page with it, to where there is something before an element, and more after it. */
function scrollTo(frame: HTMLElement, element: Element | undefined): void {
  if (!element) return
  const isMoving = matchMedia('(prefers-reduced-motion: no-preference)').matches
  const { top, height } = frame.getBoundingClientRect()
  frame.scrollBy({
    top: element.getBoundingClientRect().top - top - height / 4,
    behavior: isMoving ? 'smooth' : 'instant',
  })
}
