// Small histories that the literature knows by name, with what each check has to say of them. Registers begin with 0.
import { describe, expect, test } from 'vitest'
import type { History } from '../../shared/consistency/history.ts'
import { checks } from '../../shared/consistency/index.ts'
import { written } from './oracles/write.ts'

/** The checks from the strongest on; those of sessions are about one object each. */
const ids = ['linearizable', 'sequential', 'causal-convergence', 'causal', 'weak-causal', 'sessions', 'read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads']
const brokenIn = (history: History): string[] => ids.filter((id) => {
  const { verdict } = checks[id]!.run(history, { steps: 1_000_000 })
  expect({ id, verdict }).not.toEqual({ id, verdict: 'unknown' })
  return verdict === 'violated'
})

const total = ['linearizable', 'sequential']
const converging = [...total, 'causal-convergence']
const causal = [...converging, 'causal', 'weak-causal']

describe('litmus tests of memory models (Adve and Gharachorloo, "Shared memory consistency models: a tutorial", 1996; Alglave and others, "Litmus", 2011)', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['store buffering (SB)', ['c1 w x 1', 'c1 r y 0', 'c2 w y 1', 'c2 r x 0'], total],
    ['message passing (MP)', ['c1 w x 1', 'c1 w y 1', 'c2 r y 1', 'c2 r x 0'], causal],
    ['load buffering (LB): each reads what the other writes only later', ['c1 r x 1', 'c1 w y 1', 'c2 r y 1', 'c2 w x 1'], causal],
    ['write-read causality (WRC)', ['c1 w x 1', 'c2 r x 1', 'c2 w y 1', 'c3 r y 1', 'c3 r x 0'], causal],
    ['ISA2: three writers in a row', ['c1 w x 1', 'c1 w y 1', 'c2 r y 1', 'c2 w z 1', 'c3 r z 1', 'c3 r x 0'], causal],
    ['independent reads of independent writes (IRIW)', ['c1 w x 1', 'c2 w y 1', 'c3 r x 1', 'c3 r y 0', 'c4 r y 1', 'c4 r x 0'], total],
    ['IRIW on one object (CoRR of two readers)', ['c1 w x 1', 'c2 w x 2', 'c3 r x 1', 'c3 r x 2', 'c4 r x 2', 'c4 r x 1'], [...converging, 'sessions', 'monotonic-reads']],
    ['2+2W, whose end two more reads show', ['c1 w x 1', 'c1 w y 2', 'c2 w y 1', 'c2 w x 2', 'c3 r x 2', 'c3 r x 1', 'c4 r y 2', 'c4 r y 1'], converging],
    ['read-read coherence (CoRR)', ['c1 w x 1', 'c2 r x 1', 'c2 r x 0'], [...causal, 'sessions', 'monotonic-reads']],
    ['read-write coherence (CoRW): an own later write is read', ['c1 r x 1', 'c1 w x 1'], [...causal, 'sessions', 'writes-follow-reads']],
    ['write-read coherence (CoWR): an own write is missed', ['c1 w x 1', 'c1 r x 0'], [...causal, 'sessions', 'read-your-writes']],
    ['write-write coherence (CoWW), which a reader shows', ['c1 w x 1', 'c1 w x 2', 'c2 r x 2', 'c2 r x 1'], [...causal, 'sessions']],
    ['a stale read of another client', ['c1 w x 1', 'c2 r x 0'], ['linearizable']],
    ['out of thin air', ['c1 r x 1'], [...causal, 'sessions', 'read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads']],
    ['one client alone', ['c1 w x 1', 'c1 r x 1', 'c1 w x 2', 'c1 r x 2'], []],
    ['the initial value, written again', ['c1 w x 1', 'c1 w x 0', 'c2 r x 1', 'c2 r x 0'], ['linearizable']],
    ['nothing', [], []],
  ])('%s', (_name, lines, broken) => expect(brokenIn(written(...lines)).toSorted()).toEqual(broken.toSorted()))
})

describe('examples of the levels by Bouajjani, Enea, Guerraoui and Hamza, "On verifying causal consistency" (2017)', () => {
  const causally = (history: History): string[] => brokenIn(history).filter((id) => ['sequential', 'causal-convergence', 'causal', 'weak-causal'].includes(id))
  test.each<[string, readonly string[], readonly string[]]>([
    ['(a) CM but not CCv', ['c1 w x 1', 'c2 w x 2', 'c1 r x 2', 'c2 r x 1'], ['sequential', 'causal-convergence']],
    ['(b) CCv but not CM', ['c1 w z 1', 'c1 w x 1', 'c1 w y 1', 'c2 w x 2', 'c2 r z 0', 'c2 r y 1', 'c2 r x 2'], ['sequential', 'causal']],
    ['(c) CC but neither CM nor CCv', ['c1 w x 1', 'c2 w x 2', 'c2 r x 1', 'c2 r x 2'], ['sequential', 'causal-convergence', 'causal']],
    ['(d) CC, CM and CCv but no one order', ['c1 w x 1', 'c1 r y 0', 'c1 w y 1', 'c1 r x 1', 'c2 w x 2', 'c2 r y 0', 'c2 w y 2', 'c2 r x 2'], ['sequential']],
    ['(e) not even CC', ['c1 w x 1', 'c1 w y 1', 'c2 r y 1', 'c2 w x 2', 'c3 r x 2', 'c3 r x 1'], ['sequential', 'causal-convergence', 'causal', 'weak-causal']],
  ])('%s', (_name, lines, broken) => expect(causally(written(...lines)).toSorted()).toEqual(broken.toSorted()))
})
