import { type Digit, isDigit, type TrayFace } from '../../common/glance/tray-faces.ts'

// The tray version of the logo in build/icons/icon.svg: one colour, on a 16-pixel grid so that its edges fall on pixel
// boundaries.

/** The whole bubble with its notch. */
const solid = '<circle cx="8" cy="8" r="7"/><path d="M1 8 V14.2 Q1 15 1.8 15 H8 Z"/>'

/** A mask that cuts out the given shapes. */
const without = (id: string, shapes: string): string =>
  `<mask id="${id}"><rect width="16" height="16" fill="#fff"/><g fill="#000" stroke="#000" stroke-width="0">${shapes}</g></mask>`

const hollow = `${without('inside', '<circle cx="8" cy="8" r="5.5"/>')}<g mask="url(#inside)">${solid}</g>`

const cutOut = (shapes: string): string => `${without('cut', shapes)}<g mask="url(#cut)">${solid}</g>`

/** Lines two pixels wide, drawn by hand because a font would blur at this size. */
const lines = (paths: readonly string[]): string =>
  `<g fill="none" stroke-width="2" stroke-linejoin="round">${paths.map((d) => `<path d="${d}"/>`).join('')}</g>`

const digitPaths: Readonly<Record<Digit, readonly string[]>> = {
  1: ['M5.5 6 L8 4 V13'],
  2: ['M5 6 Q5.5 4 8 4 Q11 4 11 6.2 Q11 7.6 6 12 H12'],
  3: ['M5 4 H10.5 L8 7.2 Q11 7.4 11 9.6 Q11 12 8 12 Q5.5 12 5 10.4'],
  4: ['M10 13 V4 L5.5 10 H12.5'],
  5: ['M11 4 H6 V7.4 Q7 7 8 7 Q11 7 11 9.5 Q11 12 8 12 Q5.5 12 5 10.6'],
  6: ['M10.4 4.6 Q5 5.5 5 9.5 A3 2.5 0 1 0 11 9.5 A3 2.5 0 1 0 5 9.5'],
  7: ['M5 4 H11 L7.4 13'],
  8: ['M8 4 A2.5 1.9 0 1 1 8 7.8 A2.5 1.9 0 1 1 8 4 Z', 'M8 7.8 A3 2.2 0 1 1 8 12.2 A3 2.2 0 1 1 8 7.8 Z'],
  9: ['M5.6 11.4 Q11 10.5 11 6.5 A3 2.5 0 1 0 5 6.5 A3 2.5 0 1 0 11 6.5'],
  '9plus': ['M3 11.5 Q7 11 7 6.5 A2 2 0 1 0 3 6.5 A2 2 0 1 0 7 6.5', 'M11 6 V10 M9 8 H13'],
}

const shapes: Readonly<Record<Exclude<TrayFace, Digit>, string>> = {
  idle: hollow,
  dot: `${cutOut('<circle cx="13" cy="3" r="4.25"/>')}<circle cx="13" cy="3" r="3"/>`,
  paused: `${hollow}<rect x="5" y="5" width="2" height="6"/><rect x="9" y="5" width="2" height="6"/>`,
  attention: cutOut('<rect x="7" y="4" width="2" height="5"/><rect x="7" y="10" width="2" height="2"/>'),
  offline:
    `${without('slash', '<path d="M0 0 L16 16" stroke-width="4.5"/>')}<g mask="url(#slash)">${hollow}</g>` +
    '<path d="M2.25 2.25 L13.75 13.75" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"/>',
}

/** A tray icon as SVG; each face differs from the others in shape, since there is one colour only. Digits are cut out. */
export const traySvg = (face: TrayFace, color: string): string => {
  const drawing = isDigit(face) ? cutOut(lines(digitPaths[face])) : shapes[face]
  return svg(drawing, color)
}

/** Nearly black and white: one of them stands out on any panel. */
const ink = '#1f2328'
const paper = '#ffffff'

/** The content of the two-toned bubble. */
const inside = (face: TrayFace): string => {
  const drawn = { stroke: `<g stroke="${paper}">`, end: '</g>' }
  if (isDigit(face)) return `${drawn.stroke}${lines(digitPaths[face])}${drawn.end}`
  const hole = `<circle cx="8" cy="8" r="5.5" fill="${paper}"/>`
  switch (face) {
    case 'idle':
      return hole
    case 'dot':
      // Light like the digits, so that it is no fainter than the idle icon on a dark panel.
      return `<circle cx="11.5" cy="4.5" r="4.5" fill="${ink}"/><circle cx="11.5" cy="4.5" r="3.4" fill="${paper}"/>`
    case 'paused':
      return `${hole}<g fill="${ink}"><rect x="5" y="5" width="2" height="6"/><rect x="9" y="5" width="2" height="6"/></g>`
    case 'attention':
      return `<g fill="${paper}"><rect x="7" y="4" width="2" height="5"/><rect x="7" y="10" width="2" height="2"/></g>`
    case 'offline':
      return (
        `${hole}<path d="M1.5 1.5 L14.5 14.5" stroke="${paper}" stroke-width="4.5"/>` +
        `<path d="M2.25 2.25 L13.75 13.75" stroke="${ink}" stroke-width="1.75" stroke-linecap="round"/>`
      )
  }
}

/**
 * A two-toned tray icon for panels of unknown colour: dark with a light edge, so that it is legible on light and dark
 * ones.
 */
export const twoTonedTraySvg = (face: TrayFace): string =>
  svg(`<g stroke="${paper}" stroke-width="2" stroke-linejoin="round">${solid}</g>${solid}${inside(face)}`, ink)

/** Red, as usual for badges, and dark enough for white digits. */
const badgeColor = '#c9302c'

/** A badge over another icon: a disc with a digit, or an empty one. */
export const badgeSvg = (face: Digit | 'dot'): string => {
  const digit = face === 'dot' ? '' : `<g stroke="#ffffff">${lines(digitPaths[face])}</g>`
  return svg(`<circle cx="8" cy="8" r="${face === 'dot' ? 5 : 8}"/>${digit}`, badgeColor)
}

const svg = (drawing: string, color: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" color="${color}" fill="${color}">${drawing}</svg>`
