import { faults } from './faults/index.ts'
import type { FaultId } from './faults/index.ts'
import { checks } from './faults/spanish.ts'
import { spanish } from './faults/words/es.ts'
import type { FaultWords } from './faults/words/fault-words.ts'
import { sayingsOf } from './sim/said.ts'
import type { Sayings } from './sim/said.ts'
import { refusals } from './scenarios/spanish.ts'
import { checkWords } from './sim/fault-check.ts'

const each = (of: (words: FaultWords, type: FaultId) => Sayings): Sayings => Object.assign({}, ...Object.entries(spanish).map(([type, words]) => of(words, type as FaultId))) as Sayings

/** Why something could not be done in the world, in Spanish: recordings hold it in English. */
export const reasons: Sayings = {
  'Your node has crashed.': 'Tu nodo ha caído.',
  'That message is gone.': 'Ese mensaje ya no está.',
  'That request is gone.': 'Esa petición ya no está.',
  'There is no such action.': 'No existe esa acción.',
  'This action has no field {0}.': 'Esta acción no tiene el campo {0}.',
  '{0} must be a message of kind {1}.': '{0} tiene que ser un mensaje del tipo {1}.',
  '{0} must be true or false.': '{0} tiene que ser true o false.',
  ...sayingsOf(checkWords, checks),
  ...each(({ invalid }) => invalid ?? {}),
  ...refusals,
}

/** What is put into reasons and has its own words: titles of faults, and units that are words. */
export const parts: Sayings = {
  ...each(({ title }, type) => ({ [faults[type].title]: title })),
  ...each(({ units }) => Object.fromEntries(Object.entries(units ?? {}).map(([unit, own]) => [`{0} ${unit}`, `{0} ${own}`]))),
}
