/** A shape of an icon as lucide-react has it: an SVG element's name, and its attributes with React's key among them. */
export type Shape = readonly [name: string, attributes: Readonly<Record<string, string>>]

/** The part of a lucide-react icon's data that is used. */
export interface IconData {
  readonly node: readonly Shape[]
}

interface DrawingProps {
  readonly size: number
  readonly className?: string | undefined
}

/**
 * Makes an icon of as few SVG elements as can be: one path with all its lines. Builds of the page have this in place of
 * lucide-react's own function of that shape (build/bundle/light-icons.ts): with 50 accounts the page has 600 icons, and
 * each element takes a kilobyte and more.
 */
export const createDrawing = ({ node }: IconData) => {
  const lines = node.map(lineOf)
  const path = lines.join('')
  const others = node.filter((_, index) => lines[index] === '')
  return ({ size, className }: DrawingProps) => (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
      {others.map(([Name, { key, ...attributes }]) => (
        <Name key={key} {...attributes} />
      ))}
    </svg>
  )
}

/** A shape as part of a path; empty when it is drawn in another way than the rest. */
const lineOf = ([name, { key: _key, ...attributes }]: Shape): string => {
  const { d = '', fill, ...rest } = attributes
  if (fill !== undefined) return ''
  const of = (attribute: string): number => Number(rest[attribute] ?? 0)
  const corner = (right: -1 | 1, down: -1 | 1): string => arc(of('rx'), right * of('rx'), down * of('rx'))
  switch (name) {
    case 'path':
      // The first move of a path is from the origin, wherever the one before it has ended.
      return `M0 0${d}`
    case 'circle':
      return `M${of('cx') - of('r')} ${of('cy')}${arc(of('r'), 2 * of('r'), 0)}${arc(of('r'), -2 * of('r'), 0)}z`
    case 'line':
      return `M${of('x1')} ${of('y1')}L${of('x2')} ${of('y2')}`
    case 'rect': {
      const [width, height] = [of('width') - 2 * of('rx'), of('height') - 2 * of('rx')]
      const [top, bottom] = [`h${width}${corner(1, 1)}`, `h${-width}${corner(-1, -1)}`]
      return `M${of('x') + of('rx')} ${of('y')}${top}v${height}${corner(-1, 1)}${bottom}v${-height}${corner(1, -1)}z`
    }
    default:
      return ''
  }
}

/** A part of a circle, clockwise, to a point that is so far from where the path is. */
const arc = (radius: number, right: number, down: number): string => `a${radius} ${radius} 0 0 1 ${right} ${down}`
