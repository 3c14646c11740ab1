import { defineConfig } from 'vitest/config'

/** Rooms and browsers are timed: each has the two cores to itself. Pure tests share them. */
const timed = ['test/server/**/*.test.ts', 'test/e2e/**/*.test.ts']
/** Walks through pages that wait for what they see and judge no speed: two of them go side by side. */
const patient = ['axe', 'keyboard', 'comfort', 'solo', 'lab'].map(name => `test/e2e/${name}.test.ts`)
/** What takes both cores by itself. */
const onBothCores = ['test/scenarios/contract/searched.soak.ts']

export default defineConfig(({ mode }) => {
  if (mode === 'soak') {
    return {
      test: {
        testTimeout: 3_600_000, hookTimeout: 120_000, passWithNoTests: true,
        projects: [
          { extends: true, test: { name: 'swarm', include: onBothCores, maxWorkers: 1, sequence: { groupOrder: 0 } } },
          { extends: true, test: { name: 'soak', include: ['test/**/*.soak.ts'], exclude: onBothCores, maxWorkers: 2, sequence: { groupOrder: 1 } } },
        ],
      },
    }
  }
  return {
    test: {
      pool: 'forks',
      // Pages on a busy machine need more than the usual second; what holds at once is seen at once.
      expect: { poll: { timeout: 15_000 } },
      projects: [
        {
          extends: true,
          test: {
            name: 'pure', include: ['test/**/*.test.{ts,tsx}'], exclude: timed, maxWorkers: 2, testTimeout: 60_000, sequence: { groupOrder: 0 },
          },
        },
        {
          extends: true,
          test: {
            name: 'timed', include: timed, exclude: patient, fileParallelism: false, maxWorkers: 1, testTimeout: 120_000, hookTimeout: 60_000, sequence: { groupOrder: 1 },
          },
        },
        {
          extends: true,
          test: {
            name: 'patient', include: patient, maxWorkers: 2, testTimeout: 120_000, hookTimeout: 60_000, sequence: { groupOrder: 2 },
          },
        },
      ],
    },
    // The tests need no pages, so nothing of vite.config.ts but the way JSX is read.
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  }
})
