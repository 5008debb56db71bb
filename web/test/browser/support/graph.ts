import type { Locator, Page } from 'playwright-core'

export const graph = (page: Page): Locator => page.getByRole('tree', { name: /^Graph of/ })

export const source = (page: Page): Locator => page.getByRole('region', { name: 'Source', exact: true })

export interface Pixels {
  /** Of another colour than the ground. */
  readonly drawn: number
  /** Of the colour of what runs, where colours are the page's own. */
  readonly amber: number
  /** Changes with the picture. */
  readonly sum: number
}

/** What is drawn of the graph. */
export const pixels = (page: Page): Promise<Pixels> =>
  graph(page).evaluate((element) => {
    const canvas = element.querySelector('canvas')!
    // Of a copy: a canvas that is read is no longer drawn as it is for people.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!
    copy.drawImage(canvas, 0, 0)
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height)
    const all = { drawn: 0, amber: 0, sum: 0 }
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
      if (Math.abs(red - data[0]!) + Math.abs(green - data[1]!) + Math.abs(blue - data[2]!) > 12) all.drawn += 1
      if (red > 220 && green > 140 && green < 190 && blue < 80) all.amber += 1
      all.sum = (all.sum * 31 + red * 7 + green * 3 + blue) % 1_000_003
    }
    return all
  })
