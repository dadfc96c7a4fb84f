import { MenuContent } from './menu-content.tsx'
import { TooltipLayer } from './tooltip-layer.tsx'

/** What floats above the page, with Radix under it: one chunk, which the first view does without (`use-floating.ts`). */
export const floating = { MenuContent, TooltipLayer }
