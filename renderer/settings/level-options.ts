import type { Translate } from '../../common/i18n/i18n.ts'
import type { AlertLevel } from '../../common/preferences/preferences.ts'
import type { SelectOption } from '../ui/select.tsx'

const levels = {
  everything: 'settings.levelEverything',
  direct: 'settings.levelDirect',
  messages: 'settings.levelMessages',
  nothing: 'settings.levelNothing',
} as const satisfies Record<AlertLevel, string>

/** The name of an alert level. */
export const levelText = (t: Translate, level: AlertLevel): string => t(levels[level])

/** All levels, from the most alerts to none. */
export const levelOptions = (t: Translate): readonly SelectOption<AlertLevel>[] =>
  (['everything', 'direct', 'messages', 'nothing'] as const).map((level) => [level, levelText(t, level)] as const)
