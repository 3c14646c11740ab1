import { signal } from '@preact/signals'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { ToClient } from '../../../shared/wire/messages.ts'
import { sceneOf } from '../../model/student-scene.ts'
import type { StageScene } from '../../stage/scene.ts'

/** How often the room is asked again, in ms. */
export const lookEveryMs = 500

/** Which node the instructor looks through, by cluster and seat; null: the truth. */
export const seeing = signal<{ cluster: number; seat: number; node: string } | null>(null)

interface Looked { message: ToClient['looked']; atMs: number }
let last: Looked | null = null

/** Takes what the room says that a node knows. */
export function hearLooked(message: ToClient['looked'], nowMs: number): void {
  last = { message, atMs: nowMs }
}

/**
 * The stage as a student at the node sees it: the same picture from the same `self`, by the same function. Between two answers its clock goes on
 * at `speed`. Null until the room has answered.
 */
export function seenScene(scenario: Scenario, speed: number, nowMs: number, isBot: (node: string) => boolean): StageScene | null {
  const at = seeing.peek()
  if (at === null || last === null || last.message.cluster !== at.cluster || last.message.seat !== at.seat) return null
  const { self, frozen, crashed } = last.message.snapshot, clockMs = self.clockMs + (frozen || crashed !== null ? 0 : (nowMs - last.atMs) * speed)
  return sceneOf(self.id, self.peers, scenario.view({ ...self, clockMs }), { clockMs, shownMs: nowMs, flights: [], frozen, crashed: crashed !== null, picked: null, alarms: [], isBot })
}
