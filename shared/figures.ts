import { nodeIds } from './sim/create.ts'
import type { Figure, Scenario } from './sim/scenario.ts'
import type { Level } from './sim/types.ts'

/** The figures of one round, folded as it goes. */
export interface FigureFold { id: string; figure: Figure; state: object }

/** A fold for one figure of a mission, before the first fact. */
export function figureFold(scenario: Scenario, id: string, figure: Figure, nodes: number, level: Level): FigureFold {
  return { id, figure, state: figure.init({ nodes: nodeIds(nodes), timings: scenario.timings(level), majority: (nodes >> 1) + 1 }) }
}

/** A fold for each figure of a mission. */
export function figureFolds(scenario: Scenario, nodes: number, level: Level): FigureFold[] {
  return Object.entries(scenario.figures).map(([id, figure]) => figureFold(scenario, id, figure, nodes, level))
}

/** Whether a value meets its objective; null when there is none, or nothing to say. */
export function meets(figure: Figure, value: number | null): boolean | null {
  const { objective } = figure
  if (objective === null || value === null) return null
  return (objective.atMost === undefined || value <= objective.atMost) && (objective.atLeast === undefined || value >= objective.atLeast)
}
