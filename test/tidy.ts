// The rules of the tree, as pure functions over texts, so that the test can show each of them fail.
import { posix } from 'node:path'

/** One source file: its path from the top, with slashes, and what it says. */
export interface SourceFile { path: string; text: string }

const linesMax = 400

/** Comments and strings may name what the code may not use. Line breaks stay. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, '')).replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1')
}

/** What a file imports, as written: static, for effect, dynamic, and workers by `new URL('./x.ts', import.meta.url)`. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text)
  const forms = [
    /\b(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"]([^'"]+\.[a-z]+)['"]\s*,\s*import\.meta\.url/g,
    /<script\b[^>]*\bsrc=["']([^"']+)["']/g,
  ]
  return forms.flatMap(form => [...code.matchAll(form)].map(match => match[1] ?? ''))
}

/** The path that an import of `path` leads to, or null for a package. */
function target(path: string, imported: string): string | null {
  if (imported.startsWith('/')) return posix.join('client', imported)
  return imported.startsWith('.') ? posix.join(posix.dirname(path), imported) : null
}

interface Boundary { from: string; may: readonly string[] }

/** The first line that fits decides. A part may always import from itself; packages are judged apart. */
const boundaries: readonly Boundary[] = [
  { from: 'shared/sim/', may: [] },
  { from: 'shared/faults/', may: ['shared/sim/'] },
  { from: 'shared/consistency/', may: ['shared/sim/'] },
  { from: 'shared/invariants/', may: ['shared/sim/', 'shared/consistency/'] },
  { from: 'shared/scenarios/', may: ['shared/sim/', 'shared/invariants/'] },
  { from: 'shared/', may: ['shared/'] },
  { from: 'server/', may: ['shared/'] },
  { from: 'client/', may: ['shared/'] },
]

/** Imports that cross a border of the layout. */
export function forbiddenImports(file: SourceFile): string[] {
  const boundary = boundaries.find(each => file.path.startsWith(each.from))
  if (boundary === undefined) return []
  return importsOf(file.text).flatMap(imported => {
    if (imported.startsWith('node:')) return file.path.startsWith('server/') ? [] : [`${file.path} imports ${imported}`]
    const to = target(file.path, imported)
    if (to === null) {
      const pure = ['shared/sim/', 'shared/faults/', 'shared/consistency/', 'shared/invariants/', 'shared/scenarios/'].some(part => file.path.startsWith(part))
      return pure ? [`${file.path} imports the package ${imported}`] : []
    }
    return [boundary.from, ...boundary.may].some(part => to.startsWith(part)) ? [] : [`${file.path} imports ${to}`]
  })
}

const pureParts = /^shared\/(sim|scenarios|faults|consistency|invariants)\//
const outside = /\b(Date\.now|new Date\b|Math\.(random|log\w*|exp\w*|pow|sinh?|cosh?|tanh?|asin|acos|atan2?|sqrt|cbrt|hypot)\b|setTimeout|setInterval|setImmediate|queueMicrotask|performance\.now|process\.|fetch\(|crypto\.)/g

/** Clock, chance, engine-dependent arithmetic and I/O in the parts that must give the same facts everywhere. */
export function impurities(file: SourceFile): string[] {
  if (!pureParts.test(file.path)) return []
  return [...withoutComments(file.text).matchAll(outside)].map(match => `${file.path} uses ${match[0]}`)
}

/** Tests that are switched off, or that switch off all others. `skipIf(needs(...))` is allowed: it is reported by name. */
export function switchedOffTests(file: SourceFile): string[] {
  if (!file.path.startsWith('test/')) return []
  return [...withoutComments(file.text).matchAll(/\b(?:test|it|describe)\.(?:\w+\.)*(only|skip|todo)\(/g)].map(match => `${file.path} has .${match[1]}(`)
}

/** Files too long to hold one idea. */
export function tooLong(file: SourceFile): string[] {
  const lines = file.text.split('\n').length - 1
  return lines > linesMax ? [`${file.path} has ${lines} lines, more than ${linesMax}`] : []
}

/** Files that something outside the source starts: programs, pages, and what Vitest and `npm run bench` find by name. */
export function isEntry(path: string): boolean {
  return /^server\/(main|cli)\.ts$/.test(path)
    || /^client\/[^/]+\.html$/.test(path)
    || /^test\/.*\.(test|soak)\.tsx?$/.test(path)
    || /^test\/bench\/[^/]+\.bench\.ts$/.test(path)
    || /^test\/bench\/page\/stage\/index\.html$/.test(path)
    || path === 'test/shots/shots.ts'
    || path === 'test/tools/all.ts'
    || /^[^/]+\.config\.ts$/.test(path)
    || path.endsWith('.d.ts')
}

/** Source files that no entry reaches by imports, worker URLs or script tags. */
export function deadFiles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map(file => [file.path, file]))
  const reached = new Set<string>()
  const open = files.filter(file => isEntry(file.path))
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file.path)) continue
    reached.add(file.path)
    for (const imported of importsOf(file.text)) {
      const to = target(file.path, imported.startsWith('.') || imported.startsWith('/') || !file.path.endsWith('.html') ? imported : `./${imported}`)
      const next = to === null ? undefined : byPath.get(to)
      if (next !== undefined) open.push(next)
    }
  }
  return files.filter(file => /\.tsx?$/.test(file.path) && !reached.has(file.path)).map(file => `${file.path} is reached from nowhere`)
}
