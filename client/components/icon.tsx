/** Icons: one path each on a 20 px grid, 2 px stroke. They never stand alone without words or a label. */
const paths = {
  clock: 'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15M10 6v4.5l3 2',
  skew: 'M3 12a7.4 7.4 0 0 1 12-6M17 9a7.4 7.4 0 0 1-9 8M10 6v5l-2.5 2',
  disk: 'M3 5.5c0-3.7 14-3.7 14 0s-14 3.7-14 0v9c0 3.7 14 3.7 14 0v-9',
  memory: 'M5 6h10v8H5zM8 3v3M12 3v3M8 14v3M12 14v3',
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10M15 5L5 15',
  cut: 'M11 1L7 6l5 2.5-5 4 4 1.5-2 4',
  crash: 'M8 3a7 7 0 0 0-5 7M4.5 14.5a7 7 0 0 0 8.5 2M16.5 12.5a7 7 0 0 0-4.5-9M7.5 7.5l5 5M12.5 7.5l-5 5',
  pause: 'M7 4v12M13 4v12',
  play: 'M6 3.5v13l10-6.5z',
  step: 'M4 4v12l8-6zM16 4v12',
  stepBack: 'M16 4v12l-8-6zM4 4v12',
  halt: 'M7 2h6l5 5v6l-5 5H7l-5-5V7zM7 10h6',
  delay: 'M5 2.5h10M5 17.5h10M6.5 2.5c0 8 7 7 7 15M13.5 2.5c0 8-7 7-7 15',
  loss: 'M2 10h7M12 7l5 6M17 7l-5 6',
  duplicate: 'M2 7h12l-3-3M2 14h12l-3 3',
  oneway: 'M2 6.5h15l-4-3.5M18 14h-4M10 14H7M4 14H2',
  reorder: 'M2 5h4l8 10h4M2 15h4l8-10h4',
  undo: 'M4 8h8.5a4 4 0 0 1 0 8H8M8 4L4 8l4 4',
  plug: 'M6.5 2v4M13.5 2v4M4 6h12v3.5a6 6 0 0 1-12 0zM10 15.5V19',
  book: 'M3 4c3-1 5-.5 7 1c2-1.5 4-2 7-1v12c-3-1-5-.5-7 1c-2-1.5-4-2-7-1zM10 5v12',
  people: 'M7 4a3 3 0 1 1 0 6a3 3 0 1 1 0-6M1.5 17c0-8 11-8 11 0M13 4a3 3 0 0 1 0 6M15 11.5c2.3 1 3.5 3 3.5 5.5',
  bot: 'M3 6h14v11H3zM10 2v4M7.5 10.5v2M12.5 10.5v2',
  mute: 'M3 7.5h3.5l4.5-4v13l-4.5-4H3zM14 8l4 4M18 8l-4 4',
  sound: 'M3 7.5h3.5l4.5-4v13l-4.5-4H3zM14 7c1.5 2 1.5 4 0 6M16.5 5c2.5 3 2.5 7 0 10',
  eye: 'M1.5 10c4-7.5 13-7.5 17 0c-4 7.5-13 7.5-17 0M10 7.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0-5',
  fork: 'M5 2v16M5 13c0-5 10-3 10-9M12 6l3-3.5L18 6',
  again: 'M16.5 8A7 7 0 1 0 17 11.5M17 3.5V8h-4.5',
  right: 'M3 10h13M11 5l5 5-5 5', left: 'M17 10H4M9 5l-5 5 5 5', down: 'M5 8l5 5 5-5',
  expand: 'M12 3h5v5M8 17H3v-5M17 3l-6 6M3 17l6-6',
  share: 'M10 13V3M6 6.5l4-4 4 4M4 11v6h12v-6',
  flag: 'M5 18V3h11l-3 4 3 4H5',
  help: 'M7 7a3 3 0 1 1 4.5 2.7c-1 .600-1.5 1.1-1.5 2.3M10 15v1',
  lock: 'M4 9h12v8H4zM6.5 9V6a3.5 3.5 0 0 1 7 0v3',
  late: 'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15M10 6v4h4',
  flapping: 'M7 1L3 6l5 2.5-5 4 4 1.5-2 4M15 4v12M12.5 6.5L15 4l2.5 2.5M12.5 13.5L15 16l2.5-2.5',
  bridge: 'M1.5 15.5h17M2.5 15.5c2-11 13-11 15 0M7 9.5v6M13 9.5v6',
  ring: 'M10 4.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M10 1.5v3M18 8l-2.8.8M15 17.5l-1.8-2.5M5 17.5l1.8-2.5M2 8l2.8.8',
  spells: 'M1 10h3M6 7.5l4 5M10 7.5l-4 5M12 7.5l4 5M16 7.5l-4 5M18 10h1.5',
  corrupt: 'M2 4.5h16v11H2zM12 4.5l-4 4 4 2.5-3 4.5',
  funnel: 'M2.5 4h15L12 10.5V16.5L8 14.5v-4z',
  hold: 'M1.5 10h8M6.5 6.5L10 10l-3.5 3.5M13 3.5v13M17 3.5v13',
  power: 'M11.5 2L5 11.5h4.5L8.5 18 15 8.5h-4.5z',
  slow: 'M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15M7 6.5h6l-6 7h6z',
  bump: 'M8.5 5.5a6 6 0 1 1 0 12a6 6 0 1 1 0-12M8.5 8.5v3.5l2.5 1.5M12 2.5h7M16.5.5l2.5 2-2.5 2',
  strobe: 'M8.5 5.5a6 6 0 1 1 0 12a6 6 0 1 1 0-12M8.5 8.5v3.5l2.5 1.5M12.5 2.5h6.5M14.5.5l-2 2 2 2M17 .5l2 2-2 2',
  open: 'M2 16.5V4h6l2 2.5h8v10z',
  save: 'M10 3v9.5M6 9l4 4 4-4M3.5 13v4h13v-4',
  plus: 'M10 4v12M4 10h12', dots: 'M3.5 10h1M9.5 10h1M15.5 10h1',
} as const

export type IconName = keyof typeof paths

export interface IconProps {
  name: IconName
  sizePx?: number
  /** Spoken name; leave out where words stand beside the icon. */
  label?: string
}

/** One icon in the colour of its text. */
export function Icon({ name, sizePx = 18, label }: IconProps) {
  const solid = name === 'play' || name === 'step' || name === 'stepBack'
  const spoken = label ? { role: 'img' as const, 'aria-label': label } : { 'aria-hidden': 'true' as const }
  return (
    <svg class={`icon icon-${name}`} width={sizePx} height={sizePx} viewBox="0 0 20 20" {...spoken}>
      <path d={paths[name]} fill={solid ? 'currentColor' : 'none'} stroke="currentColor" stroke-width={name === 'pause' ? 3.2 : 2} />
    </svg>
  )
}
