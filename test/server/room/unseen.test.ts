import { expect, test } from 'vitest'
import { ClassSession } from '../../../server/class-session.ts'
import { hashOf } from '../../../server/codes.ts'
import type { Page } from '../../../server/page.ts'
import { memoryStore } from '../../../server/store/memory.ts'
import { PLAN_FORMAT } from '../../../shared/plan-file.ts'
import type { ChaosPlan } from '../../../shared/plan-file.ts'
import { newClass } from '../../../shared/session.ts'
import type { HostCommand, ToClient } from '../../../shared/wire/messages.ts'

/** A page without a socket: it keeps the answers to its commands. */
function quietPage(): Page & { answers: string[] } {
  const answers: string[] = []
  return {
    answers, close() {},
    send: (type, body) => { if (type === 'ack' || type === 'nack') answers.push(`${type} ${'reason' in body ? (body as ToClient['nack']).reason : ''}`.trim()) },
  }
}

test('[ROOM-34] a fault, a heal, a halt, a plan and a setting of clocks leave the lobby alone: a patch between two ticks of its timer would tell every student that something was broken', async () => {
  const store = memoryStore()
  const record = newClass('Thursday group')
  const { ownerEpoch } = await store.createClass({ classId: 'K7QX2M', createdAtMs: 1, hostSecretHash: hashOf('secret'), body: record })
  const session = new ClassSession({ store, classId: 'K7QX2M', ownerEpoch, hostSecretHash: hashOf('secret'), record, stored: [], now: () => performance.now(), dropMs: 10_000 })
  let changes = 0
  session.events = { changed: () => { changes++ }, gone: () => {} }
  const page = quietPage()
  const who = await session.join({ role: 'host', secret: 'secret' }, page)
  let seq = 0
  const does = async (command: HostCommand): Promise<number> => {
    const before = changes
    await session.receive(who, page, { type: 'command', body: { seq: ++seq, command } })
    expect(page.answers.at(-1)).toBe('ack')
    return changes - before
  }
  try {
    const plan: ChaosPlan = { format: PLAN_FORMAT, title: 'Cut', scenario: null, seed: null, steps: [{ do: 'fault', atMs: 0, type: 'partition', params: { side: ['leader'] }, durationMs: null }] }
    // Which plan comes next nobody else hears of either.
    expect([await does({ kind: 'plan', plan }), await does({ kind: 'plan', plan: null })]).toEqual([0, 0])
    await does({ kind: 'brief' })
    await does({ kind: 'start', chaos: false })
    // While the world stands still there are no ticks of the timer between.
    expect(await does({ kind: 'pause' })).toBeGreaterThan(0)
    const fault = (n: number): Promise<number> => does({ kind: 'fault', cluster: n, type: 'partition', params: { side: ['A'] }, durationMs: null })
    expect([await fault(0), await does({ kind: 'heal', cluster: 0, id: `h${seq}` }), await fault(0), await does({ kind: 'run-plan', cluster: null, plan }), await does({ kind: 'set-clocks', cluster: null }), await does({ kind: 'halt', cluster: null })]).toEqual([0, 0, 0, 0, 0, 0])
    expect(await does({ kind: 'speed', speed: 4 })).toBeGreaterThan(0)
  } finally {
    await session.dispose()
  }
})
