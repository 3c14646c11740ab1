import { NODE_IDS } from '../../../shared/sim/types.ts'
import type { Json, NodeId } from '../../../shared/sim/types.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { CockpitCluster, HostCommand } from '../../../shared/wire/messages.ts'
import { openAt, until } from '../../server/room/classroom.ts'
import { BarePage, heardIn, typeOf } from './bare-page.ts'
import type { Frame, Heard } from './bare-page.ts'
import type { Observed, Told } from './match.ts'
import { Player } from './player.ts'
import { Tape } from './tape.ts'

/** A class of the load: who is in it, how fast its world runs, and what breaks in it. `faults`: with null for every node of a cluster. */
export interface Plan { title: string; students: number; clusterSize: number; speed: number; faults: readonly PlannedFault[] }
export interface PlannedFault { type: string; params: { readonly [name: string]: Json }; durationMs: number | null }

interface Student { page: BarePage; cluster: number | null }
/** The instructor's page on the tape; students follow. */
const HOST = 0

/** Frames that nobody has read yet, of all pages: read after the turn of the event loop in which they came, so that no other frame's stamp waits for it. */
const unread: { frame: Frame; read(frame: Frame): void }[] = []
let isReading = false

function later(frame: Frame, read: (frame: Frame) => void): void {
  unread.push({ frame, read })
  if (isReading) return
  isReading = true
  setImmediate(() => {
    isReading = false
    for (const one of unread.splice(0)) one.read(one.frame)
  })
}

/** One class with its instructor and its students, all of them bare pages. */
export class School {
  readonly plan: Plan
  readonly #students: Student[] = []
  readonly #tape = new Tape()
  readonly #answers = new Map<number, string | null>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #host: BarePage | null = null
  #playing = false
  #asked = 0
  /** What students did that was answered with a refusal. */
  refused = 0
  acts = 0

  constructor(plan: Plan) {
    this.plan = plan
  }

  /** Opens the class, fills it and begins its round. */
  async begin(url: string): Promise<void> {
    const { title, students, clusterSize, speed, faults } = this.plan
    const { code, secret } = await openAt(url, title)
    this.#host = await BarePage.join(url, code, { role: 'host', secret }, (frame) => this.#hostHears(frame))
    for (let n = 0; n < students; n++) await this.#enrol(url, code, `Student ${n + 1}`)
    await this.#command({ kind: 'set-up', scenario: 'election', level: 'L2', clusterSize })
    await this.#command({ kind: 'brief' })
    this.#playing = true
    await this.#command({ kind: 'start', chaos: false })
    await this.#command({ kind: 'speed', speed })
    const nodes = NODE_IDS.slice(0, clusterSize)
    for (const { type, params, durationMs } of faults) {
      const whole = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value === null ? nodes : value]))
      await this.#command({ kind: 'fault', cluster: null, type, params: whole, durationMs })
    }
  }

  /** Ends the round and waits until every student was told which cluster they were in. */
  async end(): Promise<void> {
    this.#playing = false
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#command({ kind: 'end' })
    await until('the end of the round', () => this.#students.every(({ cluster }) => cluster !== null), 60_000)
    for (const { page } of this.#students) if (!page.open) throw new Error(`a page of ${this.plan.title} lost its line`)
  }

  /** What was seen of each cluster. */
  observed(): Observed[] {
    const clusters: { facts: Fact[]; clockOffsetsMs: { [node: NodeId]: number }; told: Told[] }[] = []
    const nodes = new Map<number, NodeId>()
    const open = ({ cluster, nodes: ids, clockOffsetsMs, facts }: CockpitCluster): void => {
      clusters[cluster] = { facts: [...facts], clockOffsetsMs: Object.fromEntries(ids.map((node, seat) => [node, clockOffsetsMs[seat] ?? 0])), told: [] }
    }
    const all: { page: number; told: Told }[] = []
    for (const { page, frame } of this.#tape.frames()) {
      const heard = heardIn(frame)
      if (heard.type === 'cockpit') heard.body.clusters.forEach(open)
      if (heard.type === 'facts') clusters[heard.body.cluster]?.facts.push(...heard.body.facts)
      if (heard.type === 'self') nodes.set(page, heard.body.self.id)
      if (heard.type !== 'step') continue
      const node = nodes.get(page)
      if (node === undefined) throw new Error('a page was told of a step before it was told of its node')
      for (const seen of heard.body.seen) if (seen.kind === 'sent' || seen.kind === 'delivered') all.push({ page, told: { node, seen, atMs: frame.atMs, doubtMs: frame.doubtMs } })
    }
    for (const { page, told } of all) clusters[this.#students[page - 1]?.cluster ?? -1]?.told.push(told)
    return clusters
  }

  leave(): void {
    this.#host?.leave()
    for (const { page } of this.#students) page.leave()
  }

  async #enrol(url: string, code: string, name: string): Promise<void> {
    const player = new Player(Math.random)
    const waiting: Frame[] = []
    let student: Student | null = null
    const number = this.#students.length + 1
    const hear = (frame: Frame): void => {
      this.#tape.add(number, frame)
      if (student === null) waiting.push(frame)
      else this.#studentHears(student, player, heardIn(frame))
    }
    const page = await BarePage.join(url, code, { role: 'student', name }, (frame) => later(frame, hear))
    student = { page, cluster: null }
    this.#students.push(student)
    for (const frame of waiting) this.#studentHears(student, player, heardIn(frame))
  }

  #studentHears(student: Student, player: Player, heard: Heard): void {
    if (heard.type === 'nack') this.refused++
    if (heard.type === 'recordings') student.cluster = heard.body.recordings[0]?.cluster ?? null
    for (const { afterMs, action } of player.hear(heard)) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        if (!this.#playing) return
        this.acts++
        student.page.send('act', { seq: student.page.nextSeq(), action })
      }, afterMs)
      this.#timers.add(timer)
    }
  }

  #hostHears(frame: Frame): void {
    const type = typeOf(frame)
    if (type === 'cockpit' || type === 'facts') this.#tape.add(HOST, frame)
    if (type !== 'ack' && type !== 'nack') return
    const heard = heardIn(frame)
    if (heard.type === 'ack') this.#answers.set(heard.body.seq, null)
    if (heard.type === 'nack') this.#answers.set(heard.body.seq, heard.body.reason)
  }

  async #command(command: HostCommand): Promise<void> {
    const seq = ++this.#asked
    this.#host?.send('command', { seq, command })
    await until(`an answer to ${command.kind}`, () => this.#answers.has(seq), 60_000)
    const reason = this.#answers.get(seq)
    if (typeof reason === 'string') throw new Error(`${command.kind} was refused: ${reason}`)
  }
}
