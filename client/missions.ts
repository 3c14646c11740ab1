import { signal } from '@preact/signals'
import { missions } from '../shared/scenarios/registry.ts'
import type { Scenario } from '../shared/sim/scenario.ts'
import { language } from './texts/language.ts'

/** The missions, in the words of the page's language; one that has none in it stays English. Each is loaded when a page needs it. */

const loaded = signal<{ readonly [id: string]: Scenario }>({})
const loading = new Map<string, Promise<Scenario | null>>()

const wordsOf = async (id: string): Promise<object | undefined> => (language === 'es' ? (await import('../shared/scenarios/spanish.ts')).spanishWords[id] : undefined)

async function load(id: string): Promise<Scenario | null> {
  const part = Object.hasOwn(missions, id) ? missions[id] : undefined
  if (part === undefined) return null
  const [mission, words] = await Promise.all([part(), wordsOf(id)])
  const scenario = words === undefined ? mission.english : mission.inWords(words)
  loaded.value = { ...loaded.value, [id]: scenario }
  return scenario
}

/** Loads a mission; null for one that nobody here knows. Rejects when the network fails, and may be asked again then. */
export function loadMission(id: string): Promise<Scenario | null> {
  const begun = loading.get(id) ?? load(id)
  loading.set(id, begun)
  begun.catch(() => loading.delete(id))
  return begun
}

/** A mission, as soon as it is loaded: whoever draws with it is drawn anew then. */
export function missionNow(id: string): Scenario | null {
  const known = loaded.value[id] ?? null
  if (known === null) loadMission(id).catch(() => { /* The page says that the network is lost. */ })
  return known
}

/** Loads all of them, in the order of the registry. */
export async function loadAll(): Promise<{ readonly [id: string]: Scenario }> {
  const all = await Promise.all(Object.keys(missions).map(async (id) => [id, await loadMission(id)] as const))
  return Object.fromEntries(all.flatMap(([id, scenario]) => (scenario === null ? [] : [[id, scenario]])))
}
