import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** What a bundle holds: one program, and the two ways into it. */
export interface Bundle { folder: string; shell: string; page: string }

export const sources = { page: fileURLToPath(new URL('./page.ts', import.meta.url)), shell: fileURLToPath(new URL('./shell.ts', import.meta.url)) }

/** Bundles the program into `folder` as the pages of the game are: small, and for the same engines. */
export async function bundle(folder: string): Promise<Bundle> {
  await build({
    configFile: false, publicDir: false, logLevel: 'warn',
    build: {
      // As a library: what a page adds round its dynamic imports wants a document.
      outDir: folder, emptyOutDir: false, target: 'es2022', modulePreload: false, lib: { entry: sources, formats: ['es'] },
      rolldownOptions: { external: /^node:/, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' } },
    },
  })
  return { folder, shell: join(folder, 'shell.mjs'), page: 'page.mjs' }
}
