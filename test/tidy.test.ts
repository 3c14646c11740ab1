import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deadFiles, forbiddenImports, impurities, switchedOffTests, tooLong } from './tidy.ts'
import type { SourceFile } from './tidy.ts'
import { wordsOutside } from './words.ts'

const top = resolve(import.meta.dirname, '..')

const files: SourceFile[] = ['server', 'client', 'shared', 'test'].flatMap(part =>
  readdirSync(join(top, part), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.(tsx?|mjs|html)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path: relative(top, path).split(sep).join('/'), text: readFileSync(path, 'utf8') })))

describe('the tree keeps its rules', () => {
  test('there are files to look at', () => expect(files.length).toBeGreaterThan(20))
  test('no import crosses a border of the layout', () => expect(files.flatMap(forbiddenImports)).toEqual([]))
  test('no clock, chance or I/O in the parts that must repeat to the last bit', () => expect(files.flatMap(impurities)).toEqual([]))
  test('no test is switched off', () => expect(files.flatMap(switchedOffTests)).toEqual([]))
  test('no file is too long', () => expect(files.flatMap(tooLong)).toEqual([]))
  test('no file is dead', () => expect(deadFiles(files)).toEqual([]))
  test('no page has words that stand in no catalogue', () => expect(files.flatMap(wordsOutside)).toEqual([]))
})

describe('each rule catches a planted fault', () => {
  const planted = (path: string, text: string): SourceFile => ({ path, text })

  test.each([
    ['shared/sim/run.ts', `import { x } from '../faults/index.ts'`],
    ['shared/sim/run.ts', `import { z } from 'zod'`],
    ['shared/faults/loss.ts', `import type { S } from '../scenarios/index.ts'`],
    ['shared/consistency/search.ts', `export { a } from '../invariants/terms.ts'`],
    ['shared/invariants/terms.ts', `export { a } from '../scenarios/index.ts'`],
    ['shared/scenarios/election/index.ts', `import { faults } from '../../faults/index.ts'`],
    ['shared/recording.ts', `import { open } from '../server/store/types.ts'`],
    ['shared/recording.ts', `import { readFileSync } from 'node:fs'`],
    ['server/main.ts', `const page = await import('../client/link.ts')`],
    ['client/link.ts', `import '../server/main.ts'`],
  ])('a forbidden import in %s: %s', (path, text) => expect(forbiddenImports(planted(path, text))).toHaveLength(1))

  test.each([
    ['shared/scenarios/election/index.ts', `import { a } from '../../invariants/terms.ts'\nimport { b } from './rules.ts'`],
    ['shared/invariants/sessions.ts', `import { a } from '../consistency/model.ts'`],
    ['server/main.ts', `import { a } from '../shared/recording.ts'\nimport fs from 'node:fs'\nimport express from 'express'`],
  ])('a lawful import in %s passes', (path, text) => expect(forbiddenImports(planted(path, text))).toEqual([]))

  test.each(['Date.now()', 'new Date()', 'Math.random()', 'Math.log(2)', 'Math.sqrt(2)', 'setTimeout(f, 1)', 'performance.now()', 'process.env'])(
    '%s in a scenario', code => {
      expect(impurities(planted('shared/scenarios/election/rules.ts', `const a = ${code}`))).toHaveLength(1)
      expect(impurities(planted('server/main.ts', `const a = ${code}`))).toEqual([])
    })
  test('a comment may name a clock', () => expect(impurities(planted('shared/sim/run.ts', '// never Date.now()\n/* nor Math.random() */'))).toEqual([]))

  test.each(['only', 'skip', 'todo'])('a test with .%s', word =>
    expect(switchedOffTests(planted('test/a.test.ts', `test.${word}('a', f)`))).toEqual([`test/a.test.ts has .${word}(`]))
  test('skipIf is allowed', () => expect(switchedOffTests(planted('test/a.test.ts', `test.skipIf(needs('chromium'))('a', f)`))).toEqual([]))

  test.each([
    'export const A = () => <p>Hello there</p>', 'export const A = () => <button aria-label="Close" />', "export const A = ({ sure }) => <b>{sure ? 'Yes, close' : texts.close}</b>",
    'export const A = ({ name }) => <Stage label={`${name}, as it is`} />', "export const A = () => <Segmented options={[{ value: 1, label: 'One' }]} />", "export const A = ({ b }) => <Button refusal={b ?? 'Not now.'} />",
  ])('words outside a catalogue: %s', code => {
    expect(wordsOutside(planted('client/pages/play/a.tsx', code))).toHaveLength(1)
    expect(wordsOutside(planted('client/styleguide.tsx', code))).toEqual([])
  })
  test('no words are names, units, letters and what a catalogue says', () =>
    expect(wordsOutside(planted('client/a.tsx', "export const A = ({ t }) => <b class=\"big red\" aria-label={t.close} title=\"Netsplit\">{t.left} 5 ms, p99 A {'B'}</b>"))).toEqual([]))

  test('401 lines', () => {
    expect(tooLong(planted('server/a.ts', 'a\n'.repeat(401)))).toHaveLength(1)
    expect(tooLong(planted('server/a.ts', 'a\n'.repeat(400)))).toEqual([])
  })

  test('a dead file, also one that only another dead file imports', () => {
    const tree = [
      planted('server/main.ts', `import './app.ts'\nnew Worker(new URL('./store/worker.ts', import.meta.url))`),
      planted('server/app.ts', ''), planted('server/store/worker.ts', ''),
      planted('client/index.html', '<script type="module" src="./join.tsx"></script><script type="module" src="/host.tsx"></script>'),
      planted('client/join.tsx', ''), planted('client/host.tsx', ''),
      planted('server/dead.ts', `import './deader.ts'`), planted('server/deader.ts', ''),
    ]
    expect(deadFiles(tree)).toEqual(['server/dead.ts is reached from nowhere', 'server/deader.ts is reached from nowhere'])
  })
})
