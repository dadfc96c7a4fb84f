// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { useFirstRows } from './use-first-rows.ts'

/** How many rows were shown by each rendering. */
const shown = (heights: readonly number[], heightOf?: (height: number) => number): readonly number[] => {
  vi.spyOn(window, 'innerHeight', 'get').mockReturnValue(520)
  const counts: number[] = []
  renderHook(() => counts.push(useFirstRows(heights, heightOf).length))
  return counts
}

it('shows first what fills the window, then all', () => {
  expect(shown(Array.from({ length: 500 }, () => 32))).toEqual([17, 500])
  // Three of them fill 408 pixels of 520, so a fourth is needed.
  expect(
    shown(
      Array.from({ length: 500 }, () => 136),
      (height) => height,
    ),
  ).toEqual([4, 500])
})

it('shows few rows at once', () => {
  expect(shown([32, 32])[0]).toBe(2)
  expect(shown([])[0]).toBe(0)
})
