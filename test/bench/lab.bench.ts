import { labOf } from '../../client/model/lab.ts'
import { LESSON } from '../../shared/lab/heartbeat.ts'
import { hashLoop, inTurn, jsonAsked, median, print } from './table.ts'

/** How long the lab's page thinks before it draws: all charts of one move of a dial, beside a plain hash loop. The page has 100 ms for thinking and drawing. */
const MS_MAX = 100, HASHED_WORDS = 20_000_000, WARM_UPS = 3, RUNS = 11
const json = jsonAsked(process.argv.slice(2))
let moved = 0
const runs = inTurn({
  reference: () => hashLoop(HASHED_WORDS),
  lesson: () => labOf({ ...LESSON, timeoutS: 0.3 + (moved++ % 80) / 100 }, 1).runs,
  fastest: () => labOf({ ...LESSON, intervalS: 0.05, timeoutS: 0.3 + (moved++ % 80) / 100 }, 1).runs,
}, WARM_UPS, RUNS)
const ms = (name: keyof typeof runs): number => Math.round(median(runs[name].map((run) => run.ms)) * 10) / 10
const figures = { lessonMs: ms('lesson'), fastestMs: ms('fastest'), referenceMs: ms('reference'), ratio: Math.round((ms('lesson') / ms('reference')) * 100) / 100, msMax: MS_MAX }
print(json, figures, ['what', 'ms', 'at most'], [['the lesson\'s numbers', `${figures.lessonMs}`, `${MS_MAX}`], ['a beat every 0.05 s', `${figures.fastestMs}`, `${MS_MAX}`], ['reference', `${figures.referenceMs}`, '-']],
  [`Ratio to ${HASHED_WORDS / 1_000_000} M words hashed: ${figures.ratio}.`])
