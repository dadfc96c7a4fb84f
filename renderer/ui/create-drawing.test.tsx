// @vitest-environment happy-dom
import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { createDrawing, type Shape } from './create-drawing.tsx'

const drawn = (...node: Shape[]): string => {
  const Drawing = createDrawing({ node })
  return render(<Drawing size={14} className="along" />).container.innerHTML
}

/** The path of one shape. */
const pathOf = (shape: Shape): string | undefined => /<path d="([^"]*)">/.exec(drawn(shape))?.[1]

it.each<readonly [string, Shape, string]>([
  ['a path', ['path', { d: 'm2 2 20 20', key: 'a' }], 'M0 0m2 2 20 20'],
  ['a circle', ['circle', { cx: '12', cy: '8', r: '6' }], 'M6 8a6 6 0 0 1 12 0a6 6 0 0 1 -12 0z'],
  ['a line', ['line', { x1: '9', x2: '15', y1: '15', y2: '9' }], 'M9 15L15 9'],
  [
    'a rectangle',
    ['rect', { x: '2', y: '4', width: '20', height: '16', rx: '2' }],
    'M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2z',
  ],
])('%s is drawn as part of a path', (_name, shape, path) => {
  expect(pathOf(shape)).toBe(path)
})

it('all shapes of an icon are one path, but for those with a colour of their own', () => {
  const markup = drawn(
    ['path', { d: 'M1 1h2', key: 'a' }],
    ['circle', { cx: '12', cy: '12', r: '1', key: 'b' }],
    ['circle', { cx: '16.5', cy: '7.5', r: '.5', fill: 'currentColor', key: 'c' }],
  )
  expect(markup).toBe(
    '<svg class="along" width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" ' +
      'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">' +
      '<path d="M0 0M1 1h2M11 12a1 1 0 0 1 2 0a1 1 0 0 1 -2 0z"></path>' +
      '<circle cx="16.5" cy="7.5" r=".5" fill="currentColor"></circle></svg>',
  )
})
