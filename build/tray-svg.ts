import type { TrayFace } from '../common/glance.ts'

// The tray's drawing of the mark in build/icon.svg: one colour, on a grid of 16, so that its edges fall on pixels.

/** The whole bubble with its notch. */
const solid = '<circle cx="8" cy="8" r="7"/><path d="M1 8 V14.2 Q1 15 1.8 15 H8 Z"/>'

/** A mask that leaves out what it is given. */
const without = (id: string, shapes: string): string =>
  `<mask id="${id}"><rect width="16" height="16" fill="#fff"/><g fill="#000" stroke="#000" stroke-width="0">${shapes}</g></mask>`

const hollow = `${without('inside', '<circle cx="8" cy="8" r="5.5"/>')}<g mask="url(#inside)">${solid}</g>`

const cutOut = (shapes: string): string => `${without('cut', shapes)}<g mask="url(#cut)">${solid}</g>`

const faces: Readonly<Record<TrayFace, string>> = {
  idle: hollow,
  new: `${cutOut('<circle cx="13" cy="3" r="4.25"/>')}<circle cx="13" cy="3" r="3"/>`,
  attention: cutOut('<rect x="7" y="4" width="2" height="5"/><rect x="7" y="10" width="2" height="2"/>'),
  offline:
    `${without('slash', '<path d="M0 0 L16 16" stroke-width="4.5"/>')}<g mask="url(#slash)">${hollow}</g>` +
    '<path d="M2.25 2.25 L13.75 13.75" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"/>',
}

/** A tray icon as SVG; each face differs from the others in shape, since there is one colour only. */
export const traySvg = (face: TrayFace, color: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" color="${color}" fill="${color}">${faces[face]}</svg>`
