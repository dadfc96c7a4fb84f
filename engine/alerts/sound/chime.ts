/** Our own sounds, besides the system's. */
export const chimes = ['chime', 'drop'] as const
export type Chime = (typeof chimes)[number]

const rate = 22_050

/** A tone that fades: when it begins and how long it lasts in seconds, and its pitch in hertz at its beginning and end. */
interface Tone {
  readonly at: number
  readonly lasts: number
  readonly from: number
  readonly to: number
}

const tones: Readonly<Record<Chime, readonly Tone[]>> = {
  chime: [
    { at: 0, lasts: 0.35, from: 784, to: 784 },
    { at: 0.12, lasts: 0.45, from: 1175, to: 1175 },
  ],
  drop: [{ at: 0, lasts: 0.18, from: 900, to: 420 }],
}

/**
 * A sound as a WAV file (RIFF, PCM of 16 bits, one channel), so that any system's player takes it. It is made at its
 * volume, for not every player can be told one.
 * @param volume in per cent, 0 to 100
 */
export const chimeWav = (chime: Chime, volume: number): Buffer => {
  const parts = tones[chime]
  const seconds = Math.max(...parts.map(({ at, lasts }) => at + lasts))
  const samples = Math.ceil(seconds * rate)
  const data = Buffer.alloc(samples * 2)
  // What sounds half as loud is much less than half as strong.
  const strength = 0.6 * (Math.min(100, Math.max(0, volume)) / 100) ** 2
  for (let index = 0; index < samples; index++) {
    const time = index / rate
    const sum = parts.reduce((total, tone) => total + toneAt(tone, time), 0)
    data.writeInt16LE(Math.round((sum / parts.length) * strength * 32_767), index * 2)
  }
  return Buffer.concat([header(data.length), data])
}

const toneAt = ({ at, lasts, from, to }: Tone, time: number): number => {
  const passed = time - at
  if (passed < 0 || passed > lasts) return 0
  const share = passed / lasts
  // The phase of a pitch that moves evenly from one to the other.
  const phase = 2 * Math.PI * (from * passed + ((to - from) * passed * share) / 2)
  const attack = Math.min(1, passed / 0.005)
  return Math.sin(phase) * attack * (1 - share) ** 2
}

const header = (length: number): Buffer => {
  const bytes = Buffer.alloc(44)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + length, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(length, 40)
  return bytes
}
