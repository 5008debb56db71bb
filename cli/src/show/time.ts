const two = (value: number) => String(value).padStart(2, '0')

/** A moment by the clock on the wall: `2026-11-27 14:03:09`. */
export function formatMoment(iso: string): string {
  const at = new Date(iso)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
