// What the tray icon can show. A file of its own, because the icon appears before the texts of the other surfaces are
// read.

export const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9plus'] as const

export type Digit = (typeof digits)[number]

/** What the tray icon can say. */
export const trayFaces = ['idle', 'dot', ...digits, 'paused', 'attention', 'offline'] as const

export type TrayFace = (typeof trayFaces)[number]

/** Whether a face is a number. */
export const isDigit = (face: TrayFace): face is Digit => digits.some((digit) => digit === face)

/** The picture for a count from 1 on: a digit, or `9plus`. */
export const digitOf = (count: number): Digit => digits[count - 1] ?? '9plus'
