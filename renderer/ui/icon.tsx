/** Strokes on a 16 × 16 grid; one weight, round ends. */
const shapes = {
  bell: 'M8 2.2a3.8 3.8 0 0 0-3.8 3.8c0 3.6-1.4 4.7-1.4 5.2h10.4c0-.5-1.4-1.6-1.4-5.2A3.8 3.8 0 0 0 8 2.2ZM6.6 13.4a1.5 1.5 0 0 0 2.8 0',
  envelope: 'M2.2 3.9h11.6v8.2H2.2zM2.4 4.3 8 8.8l5.6-4.5',
  bubble: 'M2.3 3.2h11.4v7.6H7.6L4.7 13.4v-2.6H2.3z',
  flag: 'M4 13.8V2.6M4 3.2h8.2l-2 2.9 2 2.9H4',
  refresh: 'M13.2 8A5.2 5.2 0 1 1 11.6 4.3M11.9 1.9v2.7H9.2',
  key: 'M9.2 6.8a3.1 3.1 0 1 1-2.9-2 3.1 3.1 0 0 1 2.9 2ZM9.2 7.9h4.5v2.2M11.6 7.9v1.7',
  back: 'M9.8 3.2 5 8l4.8 4.8',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.6l3.2 3.2L13 4.8',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.8 5.8h7.4v7.4H5.8zM10.2 5.8V2.8H2.8v7.4h3',
  outward: 'M6.2 3.4H3.4v9.2h9.2V9.8M9 3.2h3.8V7M12.6 3.4 7.4 8.6',
} as const

export type IconName = keyof typeof shapes

/** A decorative drawing; what it means is said in words beside it or by the control around it. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    aria-hidden="true"
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
