import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const client = fileURLToPath(new URL('./client', import.meta.url))
const server = `http://127.0.0.1:${process.env['PORT'] ?? '2567'}`

/** Every page is one HTML file directly in client/. */
const pages = readdirSync(client).filter(file => file.endsWith('.html'))

/** Phaser asks about its build with `typeof NAME`, and an unknown name counts as wanted ('undefined' is a true string). */
const phaserParts: Record<string, boolean> = {
  WEBGL_RENDERER: true, CANVAS_RENDERER: true, WEBGL_DEBUG: false, FEATURE_SOUND: false, PLUGIN_CAMERA3D: false, PLUGIN_FBINSTANT: false,
}

/** Answers Phaser's questions about its build, in text: then the bundler sees which branches are dead and leaves their modules out. */
function choosePhaserParts(): Plugin {
  return {
    name: 'choose-phaser-parts',
    transform: {
      filter: { id: /[\\/]phaser[\\/]src[\\/]/ },
      handler: code => code.replace(/typeof ([A-Z0-9_]+)\b(?! *=)/g, (all, name: string) => String(phaserParts[name] ?? all)),
    },
  }
}

/** Text smaller than this, in bytes, gains nothing. */
const gzipBytesMin = 1_024

/** Puts a compressed copy beside each asset that is text: the server sends that one. Browsers take no better than gzip over plain http. */
function compressAssets(): Plugin {
  return {
    name: 'compress-assets',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|svg)$/.test(name) || dir === undefined) continue
        const text = readFileSync(join(dir, name))
        if (text.length >= gzipBytesMin) writeFileSync(join(dir, `${name}.gz`), gzipSync(text, { level: 9 }))
      }
    },
  }
}

/** What a page says before it runs, in each of our languages: without scripts, and where its script never comes to run. It has no catalogue to look in. */
const notRunning = {
  en: ['Netsplit is a game that runs in the page: it needs JavaScript. Switch it on, or take another browser.',
    'If nothing else appears here, this browser is too old for Netsplit. Take a current Chrome, Edge, Firefox or Safari, or ask your instructor.'],
  es: ['Netsplit es un juego que corre en la página: necesita JavaScript. Actívalo, o usa otro navegador.',
    'Si aquí no aparece nada más, este navegador es demasiado viejo para Netsplit. Usa un Chrome, Edge, Firefox o Safari actual, o pregunta a quien dirige.'],
} as const

/** Puts those sentences into every page. The page itself takes their place as soon as it runs; `client/style/base.css` shows them only late. */
function sayWhatIsMissing(): Plugin {
  const said = (which: 0 | 1): string => Object.entries(notRunning).map(([lang, sentences]) => `<p lang="${lang}">${sentences[which]}</p>`).join('')
  return {
    name: 'say-what-is-missing',
    transformIndexHtml: html => html.replace('<div id="app"></div>', `<noscript><div class="not-running">${said(0)}</div></noscript><div id="app"><div class="not-running is-late">${said(1)}</div></div>`),
  }
}

/** In development `/play` is play.html and `/replay/<id>` is replay.html, as the server has it. */
function prettyPaths(): Plugin {
  return {
    name: 'pretty-paths',
    configureServer(dev) {
      dev.middlewares.use((request, _response, next) => {
        const [path = '/', query] = (request.url ?? '/').split('?')
        const page = path.split('/')[1] ?? ''
        const known = page !== '' && !page.includes('.') && existsSync(join(client, `${basename(page)}.html`))
        if (known) request.url = `/${page}.html${query === undefined ? '' : `?${query}`}`
        next()
      })
    },
  }
}

export default defineConfig(({ command }) => ({
  root: client,
  // The server answers `/replay/<id>` too, so the pages name their assets from the top.
  base: '/',
  appType: 'mpa',
  plugins: [choosePhaserParts(), prettyPaths(), compressAssets(), sayWhatIsMissing()],
  resolve: {
    // Phaser's single modules are CommonJS, which only a build can bundle; while developing, the package's own bundle is as good.
    alias: command === 'serve' ? [] : [
      { find: /^phaser$/, replacement: join(client, 'phaser-entry.js') },
      // Phaser requires this one as CommonJS, as whose value a module's namespace would not do.
      { find: /^eventemitter3$/, replacement: fileURLToPath(new URL('./node_modules/eventemitter3/index.js', import.meta.url)) },
      // The package does not offer its parts by name, so they are reached by their place.
      { find: /^phaser\/src\//, replacement: `${fileURLToPath(new URL('./node_modules/phaser/src/', import.meta.url))}` },
    ],
  },
  build: {
    outDir: fileURLToPath(new URL('./dist', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsDir: 'assets',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: pages.map(page => join(client, page)) },
  },
  server: {
    port: 5173,
    proxy: {
      '/colyseus': { target: server, ws: true, rewrite: path => path.replace(/^\/colyseus/, '') },
      '/api': { target: server },
    },
  },
}))
