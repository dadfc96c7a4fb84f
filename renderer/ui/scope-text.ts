import type { Translate } from '../../common/i18n/i18n.ts'

const known = [
  'notifications',
  'session_info',
  'read',
  'write',
  'message_bus',
  'push',
  'one_time_password',
] as const satisfies readonly string[]

/** What a scope allows, in the forum's own words; a scope we do not know keeps its name. */
export const scopeText = (t: Translate, scope: string): string => {
  const name = known.find((candidate) => candidate === scope)
  return name === undefined ? scope : t(`scope.${name}`)
}
