// A file of its own, because the first view needs these choices and not the schemas of commands.

/** For how long alerts can be paused; `open` until they are switched on again. */
export const pauseChoices = ['30min', '1h', 'tomorrow', 'open'] as const

export type PauseChoice = (typeof pauseChoices)[number]
