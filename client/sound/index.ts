import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'

/**
 * Five dry sounds under a fifth of a second, made here and loaded from nowhere. Silent until somebody wants them. A student's page
 * plays nothing that its screen does not show.
 */
export type SoundName = 'tick' | 'tock' | 'knock' | 'freeze' | 'tear' | 'glass'

const storageKey = 'netsplit-sound'
const on = signal(keptOn())
export const soundOn: ReadonlySignal<boolean> = on
let context: AudioContext | null = null

function keptOn(): boolean {
  try { return typeof localStorage !== 'undefined' && localStorage.getItem(storageKey) === 'on' } catch { return false }
}

/** Sound on or off, remembered. A browser lets a page sound only after a click, which this is. */
export function toggleSound(): void {
  on.value = !on.value
  try { localStorage.setItem(storageKey, on.value ? 'on' : 'off') } catch { /* it is asked for anew each time */ }
  if (on.value) play('tick')
}

interface Tone { type: OscillatorType; fromHz: number; toHz: number; ms: number; gain: number }
interface Noise { lowHz: number; highHz: number; ms: number; gain: number; grains: number }
const sounds: { readonly [N in SoundName]: readonly (Tone | Noise)[] } = {
  tick: [{ type: 'triangle', fromHz: 1_900, toHz: 1_500, ms: 30, gain: 0.12 }],
  tock: [{ type: 'triangle', fromHz: 760, toHz: 560, ms: 60, gain: 0.16 }],
  knock: [{ type: 'sine', fromHz: 190, toHz: 110, ms: 110, gain: 0.35 }],
  freeze: [{ type: 'sine', fromHz: 880, toHz: 220, ms: 180, gain: 0.14 }],
  tear: [{ lowHz: 900, highHz: 5_200, ms: 190, gain: 0.2, grains: 7 }],
  glass: [{ lowHz: 3_800, highHz: 9_000, ms: 170, gain: 0.22, grains: 3 }, { type: 'triangle', fromHz: 3_100, toHz: 2_600, ms: 120, gain: 0.06 }],
}

/** Plays a sound if they are wanted; a browser without them stays silent. */
export function play(name: SoundName): void {
  if (!on.value || typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  void context.resume()
  for (const part of sounds[name]) if ('type' in part) tone(context, part); else noise(context, part)
}

function tone(audio: AudioContext, { type, fromHz, toHz, ms, gain }: Tone): void {
  const source = audio.createOscillator(), volume = audio.createGain(), from = audio.currentTime, to = from + ms / 1_000
  source.type = type
  source.frequency.setValueAtTime(fromHz, from)
  source.frequency.exponentialRampToValueAtTime(toHz, to)
  volume.gain.setValueAtTime(gain, from)
  volume.gain.exponentialRampToValueAtTime(0.001, to)
  source.connect(volume).connect(audio.destination)
  source.start(from)
  source.stop(to)
}

/** Noise in a band, in grains that fade: paper, or glass. */
function noise(audio: AudioContext, { lowHz, highHz, ms, gain, grains }: Noise): void {
  const length = Math.ceil(audio.sampleRate * ms / 1_000), buffer = audio.createBuffer(1, length, audio.sampleRate), samples = buffer.getChannelData(0)
  for (let at = 0; at < length; at += 1) samples[at] = (Math.random() * 2 - 1) * (1 - ((at * grains / length) % 1)) * (1 - at / length)
  const source = audio.createBufferSource(), low = audio.createBiquadFilter(), high = audio.createBiquadFilter(), volume = audio.createGain()
  source.buffer = buffer
  low.type = 'highpass'
  low.frequency.value = lowHz
  high.type = 'lowpass'
  high.frequency.value = highHz
  volume.gain.value = gain
  source.connect(low).connect(high).connect(volume).connect(audio.destination)
  source.start()
}
