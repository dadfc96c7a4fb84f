import type { NotificationIcon } from '../../common/notification-text.ts'

/** Strokes on a 16 × 16 grid; one weight, round ends. One for each kind of notification first. */
const notificationShapes = {
  at: 'M10.6 8a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0ZM10.6 5.4v3.4a1.6 1.6 0 0 0 3.2 0V8A5.8 5.8 0 1 0 11.4 12.7',
  badge: 'M11.8 6a3.8 3.8 0 1 1-7.6 0 3.8 3.8 0 0 1 7.6 0ZM5.8 9.3 4.9 13.8 8 12.2l3.1 1.6-.9-4.5',
  bell: 'M8 2.2a3.8 3.8 0 0 0-3.8 3.8c0 3.6-1.4 4.7-1.4 5.2h10.4c0-.5-1.4-1.6-1.4-5.2A3.8 3.8 0 0 0 8 2.2ZM6.6 13.4a1.5 1.5 0 0 0 2.8 0',
  bookmark: 'M4.2 2.4h7.6v11.2L8 10.6l-3.8 3z',
  bubble: 'M2.3 3.2h11.4v7.6H7.6L4.7 13.4v-2.6H2.3z',
  calendar: 'M2.6 3.8h10.8v9.6H2.6zM2.6 6.8h10.8M5.4 2.2v2.8M10.6 2.2v2.8',
  check: 'M3 8.6l3.2 3.2L13 4.8',
  clock: 'M13.6 8A5.6 5.6 0 1 1 2.4 8a5.6 5.6 0 0 1 11.2 0ZM8 4.8V8l2.2 1.6',
  envelope: 'M2.2 3.9h11.6v8.2H2.2zM2.4 4.3 8 8.8l5.6-4.5',
  heart: 'M8 13.4C4.4 10.9 2.2 8.7 2.2 6.2a2.9 2.9 0 0 1 5.8-.6 2.9 2.9 0 0 1 5.8.6c0 2.5-2.2 4.7-5.8 7.2Z',
  link: 'M6.8 9.2a2.7 2.7 0 0 0 3.9 0l2.2-2.2A2.7 2.7 0 0 0 9 3.2l-.9.9M9.2 6.8a2.7 2.7 0 0 0-3.9 0L3.1 9A2.7 2.7 0 0 0 7 12.8l.9-.9',
  pencil: 'M3 13l.7-3L11 2.7l2.3 2.3L6 12.3zM9.4 4.3l2.3 2.3',
  people:
    'M8 5.4a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0ZM1.8 12.8a4 4 0 0 1 8 0M10.2 3.4a2.2 2.2 0 0 1 0 4.1M11.6 9.3a4 4 0 0 1 2.6 3.5',
  person: 'M10.6 5a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0ZM3 13.4a5 5 0 0 1 10 0',
  quote: 'M6.6 4.4H3v3.8h3.6zM6.6 8.2c0 1.8-1 3-2.6 3.4M13 4.4H9.4v3.8H13zM13 8.2c0 1.8-1 3-2.6 3.4',
  reply: 'M6.2 3.4 2.4 7.2l3.8 3.8M2.6 7.2h6.2a4.6 4.6 0 0 1 4.6 4.6v.8',
} as const satisfies Record<NotificationIcon, string>

const shapes = {
  ...notificationShapes,
  settings:
    'M2.2 5h5.4M11 5h2.8M2.2 11h2.8M8.4 11h5.4M11 5a1.7 1.7 0 1 1-3.4 0A1.7 1.7 0 0 1 11 5ZM8.4 11A1.7 1.7 0 1 1 5 11a1.7 1.7 0 0 1 3.4 0Z',
  flag: 'M4 13.8V2.6M4 3.2h8.2l-2 2.9 2 2.9H4',
  refresh: 'M13.2 8A5.2 5.2 0 1 1 11.6 4.3M11.9 1.9v2.7H9.2',
  key: 'M9.2 6.8a3.1 3.1 0 1 1-2.9-2 3.1 3.1 0 0 1 2.9 2ZM9.2 7.9h4.5v2.2M11.6 7.9v1.7',
  pause: 'M5.6 3.4v9.2M10.4 3.4v9.2',
  play: 'M5 3l7.4 5L5 13z',
  back: 'M9.8 3.2 5 8l4.8 4.8',
  forth: 'M6.2 3.2 11 8l-4.8 4.8',
  down: 'M3.2 6.2 8 11l4.8-4.8',
  checks: 'M1.6 8.8l2.8 2.8 6-6.4M7.6 11l.6.6 6.2-6.4',
  search: 'M11.4 7a4.4 4.4 0 1 1-8.8 0 4.4 4.4 0 0 1 8.8 0ZM10.2 10.2l3.4 3.4',
  live: 'M8 8h.01M5.4 10.6a3.7 3.7 0 0 1 0-5.2M10.6 5.4a3.7 3.7 0 0 1 0 5.2M3.3 12.7a6.6 6.6 0 0 1 0-9.4M12.7 3.3a6.6 6.6 0 0 1 0 9.4',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3.6 8h8.8',
  copy: 'M5.8 5.8h7.4v7.4H5.8zM10.2 5.8V2.8H2.8v7.4h3',
  outward: 'M6.2 3.4H3.4v9.2h9.2V9.8M9 3.2h3.8V7M12.6 3.4 7.4 8.6',
} as const

export type IconName = keyof typeof shapes

/** Those that point along a line of text point the other way where it runs from right to left. */
const along: ReadonlySet<IconName> = new Set(['back', 'forth', 'reply', 'outward'])

/** A decorative drawing; what it means is said in words beside it or by the control around it. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    aria-hidden="true"
    className={along.has(name) ? 'along' : undefined}
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={shapes[name]} />
  </svg>
)
