import { expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { inSpanish } from '../in-spanish.ts'
import { latencyOf, OVERLAPS } from './latencies.ts'

test('the runbook tells how long answers take with each R and W, as the simulator has it', () => {
  for (const [read, write] of OVERLAPS) {
    const { readS, writeS } = latencyOf(read, write)
    const say = scenarios['quorum-store']?.lesson.runbook.at(-1)?.say ?? '', hable = inSpanish['quorum-store']?.lesson.runbook.at(-1)?.say ?? ''
    expect(say).toContain(`R${read} W${write}: read ${readS.join(', ')}, write ${writeS.join(', ')}.`)
    expect(hable).toContain(`R${read} W${write}: leer ${readS.join(', ')}, escribir ${writeS.join(', ')}.`)
  }
}, 120_000)
