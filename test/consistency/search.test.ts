import { describe, expect, test } from 'vitest'
import type { checkHistory } from '../../shared/consistency/index.ts'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { compareCheck, compareSearch } from './differential.ts'
import { sizesMiddle } from './random.ts'
import type { Change } from './planted.ts'
import { withPlanted } from './planted.ts'

interface Search { isLinearizable: typeof isLinearizable }
const types = Object.keys(models)

describe('a fault planted in a copy of the search is found by comparing it with brute force', () => {
  const search = 'linearizable/search.ts', visited = 'linearizable/visited.ts', problem = 'linearizable/problem.ts', future = 'linearizable/future.ts', reach = 'linearizable/reach.ts'
  const weakHash: Change[] = [{ file: problem, from: 'finish(mix(0x3c6ef372, i))', to: '0' }, { file: visited, from: 'finish(mix(hash, state)) | 0', to: '0' }]
  const faults: [string, Change[]][] = [
    ['a write of the value already there is taken like a read', [{ file: search, from: 'problem.still[operation] === 1 && this', to: 'this' }]],
    ['an unanswered operation must happen', [{ file: problem, from: `filter(({ status }) => status === 'ok')`, to: `filter(({ status }) => status !== 'fail')` }]],
    ['an unanswered operation never happens', [{ file: search, from: 'if (choice >= answeredCount + groupCount)', to: 'if (choice >= answeredCount)' }]],
    ['an unanswered operation happens before its call', [{ file: search, from: '|| (problem.unanswered.call[member] as number) > (this.bound[depth] as number)', to: '' }, { file: search, from: 'if ((problem.unanswered.call[problem.unanswered.start[group] as number] as number) > (this.bound[depth] as number)) {', to: 'if (group < 0) {' }]],
    ['an unanswered operation happens twice', [{ file: problem, from: 'const open = sorted.filter', to: 'const open = [...sorted, ...sorted].filter' }]],
    ['a failed operation happens', [{ file: problem, from: `operation.status === 'info' && !model`, to: `operation.status !== 'ok' && !model` }]],
    ['the order in real time is dropped', [{ file: search, from: '&& (problem.call[operation] as number) < bound;', to: ';' }]],
    ['configurations are remembered without their state', [{ file: visited, from: 'finish(mix(hash, state)) | 0', to: 'hash' }, { file: visited, from: '|| words[group + 1] !== state ', to: '' }]],
    ['configurations are remembered without what is to come', [{ file: visited, from: 'if (words[at] !== toCome[i]) return false', to: ';' }, ...weakHash]],
    ['more used ones stand in for fewer', [{ file: visited, from: `if (fewer) return 'known'`, to: `if (more) return 'known'` }]],
    ['the one that ends last of a kind is taken', [{ file: search, from: '(problem.ret[other] as number) < ret', to: '(problem.ret[other] as number) > ret' }]],
    ['kinds are told apart without the answer', [{ file: problem, from: ' + this.valueOf(result)', to: '' }]],
    ['kinds are told apart without the argument', [{ file: problem, from: 'of * this.base + this.valueOf(arg)', to: 'of * this.base' }]],
    ['the read that an unanswered write made possible is forgotten', [{ file: search, from: 'this.took[depth] === 0 && this.states', to: 'this.states' }]],
    ['a write that is read goes first, as if it were not', [{ file: future, from: 'if (reader === readersStart[operation + 1]) return', to: 'return' }]],
    ['states of which something will be read count as spent', [{ file: future, from: 'else if (!states.isHopeless(state, kind[operation] as number)) return false', to: '' }]],
    ['an answer counts as out of reach though a write for it is still to come', [{ file: future, from: 'if (isDone[setters[i] as number] === 0) return false', to: ';' }]],
    ['an answer counts as out of reach though an unanswered write for it may come', [{ file: future, from: 'if (member < (unanswered.start[group + 1] as number) &&', to: 'if (member < 0 &&' }]],
    ['of writes that may be the last before a read one is overlooked', [{ file: reach, from: 'if (first >= limit ||', to: 'if (first + 1 >= limit ||' }]],
    ['only the first of the states at the start counts', [{ file: search, from: `if (outcome !== 'violated') return {`, to: 'return {' }]],
  ]
  test.each(faults)('%s', async (_, changes) => {
    const found = await withPlanted('linearizable/search.ts', changes, (copy: Search) =>
      types.find((type) => compareSearch(copy.isLinearizable, type, 1, 20_000, sizesMiddle).seed !== null))
    expect(found).toBeDefined()
  })

  const modelFaults: [string, string, Change][] = [
    ['an unanswered dequeue takes nothing', 'queue', { file: 'models/queue.ts', from: 'left.get(arg) ?? (unknown ? null : NEVER)', to: 'left.get(arg) ?? NEVER' }],
    ['values put in twice are told apart', 'queue', { file: 'models/queue.ts', from: 'put.get(arg) !== 1 || ', to: '' }],
    ['values that waited at the start are forgotten', 'queue', { file: 'models/queue.ts', from: ' || first.has(arg)', to: '' }],
    ['a cas without an answer was done', 'cas-register', { file: 'models/cas-register.ts', from: 'always: result === true', to: 'always: true' }],
    ['a cas without an answer sets nothing', 'cas-register', { file: 'models/cas-register.ts', from: `f === 'cas' && result !== false ?`, to: `f === 'cas' && result === true ?` }],
    ['a text does not grow', 'kv', { file: 'models/kv.ts', from: '!textOf(result).startsWith(state)', to: 'textOf(result) !== state' }],
  ]
  test.each(modelFaults)('in a model: %s (%s)', async (_, type, change) => {
    const compared = await withPlanted('index.ts', [change], (copy: { checkHistory: typeof checkHistory }) => compareCheck(copy.checkHistory, type, 1, 20_000, sizesMiddle))
    expect(compared.seed).not.toBeNull()
  })

  test('a copy without a fault is not: also when all hashes are the same, no verdict changes', async () => {
    const compared = await withPlanted('linearizable/search.ts', weakHash, (copy: Search) => types.map((type) => compareSearch(copy.isLinearizable, type, 1, 2_000, sizesMiddle).seed))
    expect(compared).toEqual(types.map(() => null))
  })

  test('nor a copy that remembers few steps of a model', async () => {
    const forgetful: Change[] = [{ file: 'linearizable/pairs.ts', from: 'SLOTS_MAX = 1 << 22', to: 'SLOTS_MAX = 1 << 4' }]
    const compared = await withPlanted('linearizable/search.ts', forgetful, (copy: Search) => types.map((type) => compareSearch(copy.isLinearizable, type, 1, 2_000, sizesMiddle).seed))
    expect(compared).toEqual(types.map(() => null))
  })
})

describe('the verdict is that of brute force', () => {
  test.each(types)('for 100,000 small random histories: %s', (type) => {
    const compared = compareSearch(isLinearizable, type, 1, 100_000)
    expect(compared.seed, 'the seed of a history with another verdict').toBeNull()
    expect(Math.min(compared.fine, compared.violated)).toBeGreaterThan(10_000)
  })
})
