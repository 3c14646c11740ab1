import { afterEach, expect, test } from 'vitest'
import { toChildArray } from 'preact'
import type { ComponentChildren, VNode } from 'preact'
import { Button } from '../../client/components/index.ts'
import { offsetText } from '../../client/model/above-clocks.ts'
import { cockpit } from '../../client/model/cockpit.ts'
import type { Cockpit } from '../../client/model/cockpit.ts'
import { everywhere } from '../../client/pages/host/chaos.ts'
import { BentClocks } from '../../client/pages/host/faults-active.tsx'
import { playRound } from '../../shared/headless.ts'
import { PLAN_FORMAT } from '../../shared/plan-file.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { HostCommand } from '../../shared/wire/messages.ts'

/** No mission allows bent clocks yet: here one does. */
const bendable: Scenario = { ...scenarios['election'] as Scenario, bentClocks: true }
const nodes = ['A', 'B', 'C', 'D', 'E']
const bump = { do: 'fault', atMs: 5_000, type: 'clock-bump', params: { nodes: ['B'], byMs: -4_000 }, durationMs: 10_000 } as const
const open: Cockpit[] = []
afterEach(() => { for (const one of open.splice(0)) one.close(); everywhere.value = false })

function bent(): Cockpit['clusters'][number] {
  const facts: Fact[] = []
  const { settings } = playRound(bendable, { seed: 3, nodes: 5, durationMs: 60_000, rules: 'good', chaos: { format: PLAN_FORMAT, title: 'Bump', scenario: null, seed: null, steps: [bump] } }, (fact) => facts.push(fact))
  const made = cockpit(bendable, 'L2')
  open.push(made)
  made.snapshot({ round: 1, clusters: [{ cluster: 4, name: 'Heron', nodes, clockOffsetsMs: [...settings.clockOffsetsMs], nowMs: 60_000, facts, badges: nodes.map(() => ({ fill: 'empty', pennant: false, tab: '', words: '', leads: false })), plans: [] }] }, 0)
  const [cluster] = made.clusters
  if (cluster === undefined) throw new Error('no cluster')
  return cluster
}

const isNode = (value: ComponentChildren): value is VNode<{ children?: ComponentChildren; onClick?: () => void }> => typeof value === 'object' && value !== null && 'props' in value
const within = (value: ComponentChildren): ComponentChildren[] => [value, ...isNode(value) ? toChildArray(value.props.children).flatMap(within) : []]
const wordsOf = (value: ComponentChildren): string => within(value).filter((one) => typeof one === 'string').join(' ')

test('clocks that are still bent are named, by how much faults bent them, once no fault acts; one press sets them right', () => {
  const cluster = bent(), sent: HostCommand[] = []
  const session = { command: (command: HostCommand) => { sent.push(command); return Promise.resolve(true) } }
  const at = (atMs: number) => BentClocks({ session, cluster, atMs })
  expect([at(4_000), at(9_000)]).toEqual([null, null])
  const shown = at(20_000)
  expect(wordsOf(shown)).toBe('Clocks are still bent: B −4.0 s Set clocks right')
  const press = (): void => within(shown).filter(isNode).find((one) => one.type === Button)?.props.onClick?.()
  press()
  everywhere.value = true
  press()
  expect(sent).toEqual([{ kind: 'set-clocks', cluster: 4 }, { kind: 'set-clocks', cluster: null }])
})

test.each([[0, '+0.0 s'], [-30, '+0.0 s'], [30, '+0.0 s'], [-60, '−0.1 s'], [1_234, '+1.2 s'], [-10_000, '−10.0 s']])('an offset of %i ms reads %s: nothing is less than nothing', (ms, text) => expect(offsetText(ms)).toBe(text))
