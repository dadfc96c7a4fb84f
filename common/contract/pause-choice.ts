// A file of its own: pages show these choices at first sight, and read no command.

/** For how long alerts can be paused; `open` until they are switched on again. */
export const pauseChoices = ['30min', '1h', 'tomorrow', 'open'] as const

export type PauseChoice = (typeof pauseChoices)[number]
