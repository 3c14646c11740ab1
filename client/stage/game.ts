import Phaser from 'phaser'
import { layoutNodes, nodeAt, sidesOfLine, tearsOf } from './layout.ts'
import type { Tear } from './layout.ts'
import { fogStep, paintFog } from './fog.ts'
import type { Clearing } from './fog.ts'
import { flightAt, queueAt, shareAtLine } from './flight.ts'
import { paintAim } from './paint-aim.ts'
import { paintNode, nodeReach } from './paint-node.ts'
import { paintPacket } from './paint-packet.ts'
import { paintTear } from './paint-tear.ts'
import { colourNumber, readPalette } from './palette.ts'
import type { Spot, StageCut, StageHandle, StageOptions, StagePacket, StageScene } from './scene.ts'
import { hardwareDraws } from './hardware.ts'

const pollMs = 100, packetSizePx = 24, trialMs = 3000, framesPerSecondMin = 24, angleSteps = 24

/** Starts one drawing of the stage, and starts it anew on Canvas if WebGL turns out to be too slow. */
export function startGame(host: HTMLElement, options: StageOptions): StageHandle {
  const asked = options.renderer ?? 'auto'
  let cutDrawing = false
  let name: 'webgl' | 'canvas' = asked === 'auto' ? (hardwareDraws() ? 'webgl' : 'canvas') : asked
  const slow = () => {
    if (asked !== 'auto' || name === 'canvas') return
    drawing.destroy()
    name = 'canvas'
    drawing = startDrawing(host, options, name, () => undefined)
    drawing.setCutDrawing(cutDrawing)
  }
  let drawing = startDrawing(host, options, name, slow)
  return {
    redraw: () => drawing.redraw(), destroy: () => drawing.destroy(), layout: () => drawing.layout(), rendererName: () => name,
    setCutDrawing: on => { cutDrawing = on; drawing.setCutDrawing(on) },
  }
}

type Drawing = Omit<StageHandle, 'rendererName'>

function startDrawing(host: HTMLElement, options: StageOptions, renderer: 'webgl' | 'canvas', onSlow: () => void): Drawing {
  const palette = readPalette(host), pixelScale = Math.min(2, devicePixelRatio || 1)
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)')
  const size = { width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) }
  const images = new Map<string, Phaser.GameObjects.Image>(), tears = new Map<string, Phaser.GameObjects.Image>()
  const packetImages: Phaser.GameObjects.Image[] = []
  const flight = { x: 0, y: 0, alpha: 1, angle: 0 }
  let scene: StageScene = options.scene(), spots: Record<string, Spot> = layoutNodes(scene, size.width, size.height)
  let world: Phaser.Scene | null = null, fog: Phaser.GameObjects.Image | null = null
  let links: Phaser.GameObjects.Graphics | null = null, rings: Phaser.GameObjects.Graphics | null = null, tails: Phaser.GameObjects.Graphics | null = null, gesture: Phaser.GameObjects.Graphics | null = null
  let torn: { cut: StageCut, tear: Tear }[] = []
  let aim: Phaser.GameObjects.Image | null = null
  let staticSignature = '', fogSignature = '', frames = 0, trialFromMs = 0, gone = false, cutDrawing = false

  /** A texture of the given name, painted once; its middle is 0,0 of the painter. */
  const bake = (key: string, width: number, height: number, paint: (context: CanvasRenderingContext2D) => void, centred = true, anew = false): string => {
    if (!world) return key
    if (world.textures.exists(key)) { if (!anew) return key; world.textures.remove(key) }
    const texture = world.textures.createCanvas(key, Math.ceil(width * pixelScale), Math.ceil(height * pixelScale))
    if (!texture) return key
    const context = texture.getContext()
    context.scale(pixelScale, pixelScale)
    if (centred) context.translate(width / 2, height / 2)
    paint(context)
    texture.refresh()
    return key
  }

  const drawFog = (): void => {
    const student = scene.viewport === 'student'
    const signature = student ? `${size.width},${size.height},${scene.dark === true},${scene.nodes.map(node => fogStep(node.freshness)).join()}` : 'none'
    if (!world || signature === fogSignature) return
    fogSignature = signature
    fog?.destroy()
    fog = null
    if (!student) return
    const clearings: Clearing[] = scene.dark ? [] : scene.nodes.flatMap(node => {
      const spot = spots[node.id]
      if (!spot || node.state === 'silent' && !node.own) return []
      const open = fogStep(node.freshness)
      if (node.own) return [{ x: spot.x, y: spot.y, innerPx: spot.r * 1.3, outerPx: Math.min(size.width, size.height) * 0.56 }]
      return open === 0 ? [] : [{ x: spot.x, y: spot.y, innerPx: spot.r * (0.8 + open), outerPx: spot.r * (1.4 + 3 * open) }]
    })
    const key = bake('fog', size.width, size.height, context => paintFog(context, size.width, size.height, clearings, palette.fog), false, true)
    fog = world.add.image(0, 0, key).setOrigin(0).setScale(1 / pixelScale).setDepth(0)
  }

  const drawLinks = (): void => {
    if (!links) return
    links.clear()
    links.fillStyle(colourNumber(palette.edge), 0.55)
    const ends = scene.nodes.flatMap((a, index) => scene.nodes.slice(index + 1).map(b => [a, b] as const))
    for (const [a, b] of ends) {
      const from = spots[a.id], to = spots[b.id]
      if (!from || !to || scene.viewport === 'student' && !a.own && !b.own) continue
      const length = Math.hypot(to.x - from.x, to.y - from.y)
      for (let at = from.r + 12; at < length - to.r - 12; at += 9) links.fillCircle(from.x + (to.x - from.x) * at / length, from.y + (to.y - from.y) * at / length, 1.1)
    }
  }

  const drawRings = (): void => {
    if (!rings) return
    rings.clear()
    for (const node of scene.nodes) {
      const spot = spots[node.id]
      if (!spot || node.state === 'crashed') continue
      for (const [at, fraction] of (node.alarms ?? []).entries()) {
        const r = spot.r * (0.84 - at * 0.14)
        rings.lineStyle(2, colourNumber(palette['ink-3']), 1).beginPath().arc(spot.x, spot.y, r, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * fraction).strokePath()
      }
      if (!node.ring) continue
      const r = spot.r + Math.max(7, spot.r * 0.24), width = node.own ? 5 : 4
      rings.lineStyle(1, colourNumber(palette.line), 1).strokeCircle(spot.x, spot.y, r)
      const end = -Math.PI / 2 + Math.PI * 2 * Math.min(1, Math.max(0, node.ring.fraction))
      if (node.ring.fraction <= 0) continue
      if (node.own && palette['packet-edge'].startsWith('#')) { rings.lineStyle(width + 3, colourNumber(palette['packet-edge']), 1).beginPath().arc(spot.x, spot.y, r, -Math.PI / 2, end).strokePath() }
      rings.lineStyle(width, colourNumber(node.own ? palette.lamp : palette['ink-2']), 1).beginPath().arc(spot.x, spot.y, r, -Math.PI / 2, end).strokePath()
    }
  }

  const drawNodes = (): void => {
    if (!world) return
    const here = new Set(scene.nodes.map(node => node.id))
    for (const [id, image] of images) if (!here.has(id)) { image.destroy(); images.delete(id) }
    for (const node of scene.nodes) {
      const spot = spots[node.id]
      if (!spot) continue
      const key = `node ${[node.id, node.shape, node.own, node.selected, node.fill, node.pennant, node.tab, node.state, node.slow === true, Math.round(spot.r * 4)].join()}`
      bake(key, spot.r * nodeReach * 2, spot.r * nodeReach * 2, context => paintNode(context, node, spot.r, palette))
      const image = images.get(node.id) ?? world.add.image(0, 0, key).setScale(1 / pixelScale).setDepth(5)
      images.set(node.id, image)
      if (image.texture.key !== key) image.setTexture(key)
      image.setPosition(spot.x, spot.y)
    }
  }

  const drawTears = (): void => {
    torn = []
    if (!world) return
    // One that comes and goes makes a new picture each time: the old ones must not pile up.
    for (const [key, image] of tears) { image.destroy(); world.textures.remove(`tear ${key}`) }
    tears.clear()
    for (const cut of scene.cuts) {
      const own = tearsOf(cut, spots, size.width, size.height)
      for (const tear of own) torn.push({ cut, tear })
      const key = bake(`tear ${cut.key}`, size.width, size.height, context => {
        for (const { line: [from, to] } of own) paintTear(context, from, to, reducedMotion.matches ? Math.round(cut.progress) : cut.progress, cut.oneWay, palette)
      }, false, true)
      tears.set(cut.key, world.add.image(0, 0, key).setOrigin(0).setScale(1 / pixelScale).setDepth(3))
    }
  }

  const drawAim = (): void => {
    aim?.destroy()
    aim = null
    const marked = scene.aim ?? null
    if (!world || marked === null) return
    const key = bake('aim', size.width, size.height, context => paintAim(context, marked, spots, palette), false, true)
    aim = world.add.image(0, 0, key).setOrigin(0).setScale(1 / pixelScale).setDepth(4.5)
  }

  /** Where a lost packet ends: at the tear that loses it, or anywhere on the way. */
  const endOf = (packet: StagePacket, from: Spot, to: Spot): number | undefined => {
    if (packet.fate !== 'lost') return undefined
    const one = torn.find(({ tear: { sides }, cut: { oneWay } }) => (sides[0].includes(packet.from) && sides[1].includes(packet.to)) || (!oneWay && sides[1].includes(packet.from) && sides[0].includes(packet.to)))
    return (one && shareAtLine(from, to, one.tear.line, packetSizePx)) ?? undefined
  }

  /** Packets move by themselves; all else only when it differs. Returns how many are to be seen. */
  const drawPackets = (): number => {
    if (!world || !tails) return 0
    tails.clear()
    let shown = 0
    const lined = new Map<string, number>()
    for (const packet of scene.packets) {
      const from = spots[packet.from], to = spots[packet.to]
      if (!from || !to || scene.dark || !flightAt(packet, scene.nowMs, from, to, reducedMotion.matches, flight, endOf(packet, from, to))) continue
      if (packet.waits !== undefined) {
        const line = `${packet.from}>${packet.to} ${packet.waits}`, place = lined.get(line) ?? 0
        lined.set(line, place + 1)
        queueAt(packet, place, flight)
      }
      const turn = packet.family === 'answer' ? Math.round(flight.angle / (Math.PI * 2) * angleSteps) : 0
      const key = `packet ${packet.family} ${packet.letter} ${packet.hollow} ${turn}`
      bake(key, packetSizePx * 1.6, packetSizePx * 1.6, context => paintPacket(context, packet, turn / angleSteps * Math.PI * 2, packetSizePx, palette))
      const image = packetImages[shown] ?? world.add.image(0, 0, key).setScale(1 / pixelScale).setDepth(6)
      packetImages[shown] = image
      if (image.texture.key !== key) image.setTexture(key)
      image.setVisible(true).setPosition(flight.x, flight.y).setAlpha(flight.alpha)
      shown += 1
      if (packet.waits !== undefined) {
        if (lined.get(`${packet.from}>${packet.to} ${packet.waits}`) === 1) tails.lineStyle(1.5, colourNumber(palette['ink-2']), flight.alpha).strokeCircle(flight.x, flight.y, packetSizePx * 0.82)
        continue
      }
      tails.fillStyle(colourNumber(palette[packet.family]), flight.alpha * 0.8)
      for (let step = 1; step <= 3; step += 1) { const back = packetSizePx * (0.55 + step * 0.3); tails.fillCircle(flight.x - Math.cos(flight.angle) * back, flight.y - Math.sin(flight.angle) * back, 3.4 - step * 0.7) }
    }
    for (let index = shown; index < packetImages.length; index += 1) packetImages[index]?.setVisible(false)
    return shown
  }

  const poll = (): void => {
    if (gone || !world) return
    scene = options.scene()
    spots = layoutNodes(scene, size.width, size.height)
    const signature = JSON.stringify([size, scene.viewport, scene.dark, scene.nodes.map(node => ({ ...node, lines: 0, freshness: 0, alarms: node.alarms?.map(fraction => Math.round(fraction * 60)), ring: node.ring && Math.round(node.ring.fraction * 120) })), scene.aim, scene.cuts.map(cut => [cut.key, cut.sides, Math.round(cut.progress * 8)])])
    const differs = signature !== staticSignature || scene.viewport === 'student'
    if (signature !== staticSignature) { drawNodes(); drawLinks(); drawRings(); drawTears(); drawAim() }
    staticSignature = signature
    drawFog()
    const moving = drawPackets() > 0 && !scene.frozen
    const trying = renderer === 'webgl' && performance.now() - trialFromMs < trialMs
    if (moving || trying || cutDrawing) game.loop.wake()
    else { game.loop.sleep(); if (differs || packetImages.length > 0) game.loop.tick() }
  }

  const begin = (made: Phaser.Scene): void => {
    world = made
    made.cameras.main.setOrigin(0).setZoom(pixelScale)
    links = made.add.graphics().setDepth(1)
    rings = made.add.graphics().setDepth(5.2)
    tails = made.add.graphics().setDepth(5.5)
    gesture = made.add.graphics().setDepth(9)
    trialFromMs = performance.now()
    poll()
  }

  const game = new Phaser.Game({
    type: renderer === 'webgl' ? Phaser.WEBGL : Phaser.CANVAS, parent: host, banner: false, audio: { noAudio: true }, backgroundColor: palette.stage,
    width: size.width * pixelScale, height: size.height * pixelScale, input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    scale: { mode: Phaser.Scale.NONE, zoom: 1 / pixelScale },
    scene: {
      create(this: Phaser.Scene) { begin(this) },
      update() {
        scene = options.scene()
        drawPackets()
        frames += 1
      },
    },
  })
  const timer = setInterval(poll, pollMs)
  // Only a page that is looked at has a frame rate.
  const trial = setTimeout(() => { if (!document.hidden && frames / (trialMs / 1000) < framesPerSecondMin) onSlow() }, trialMs + 500)
  const observer = new ResizeObserver(() => {
    const { clientWidth, clientHeight } = host
    if (gone || clientWidth === 0 || clientHeight === 0 || clientWidth === size.width && clientHeight === size.height) return
    size.width = clientWidth
    size.height = clientHeight
    game.scale.resize(size.width * pixelScale, size.height * pixelScale)
    poll()
    game.loop.tick()
  })
  observer.observe(host)
  // Letters baked before the typeface has come would stay in the wrong one.
  document.fonts.ready.then(() => {
    if (gone || !world) return
    for (const image of images.values()) image.destroy()
    images.clear()
    for (const key of world.textures.getTextureKeys()) if (key.startsWith('node') || key.startsWith('packet')) { for (const image of packetImages) image.destroy(); packetImages.length = 0; world.textures.remove(key) }
    staticSignature = ''
    poll()
  }, () => undefined)

  const point = (event: PointerEvent) => { const box = host.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top } }
  let from: { x: number, y: number } | null = null
  const down = (event: PointerEvent): void => {
    const at = point(event)
    if (cutDrawing) { from = at; host.setPointerCapture(event.pointerId); return }
    const id = nodeAt(spots, at.x, at.y)
    if (id !== null) options.onPick?.(id)
  }
  const move = (event: PointerEvent): void => {
    if (!from || !gesture) return
    const to = point(event)
    gesture.clear().lineStyle(3, colourNumber(palette.fault), 1).lineBetween(from.x, from.y, to.x, to.y)
  }
  const up = (event: PointerEvent): void => {
    gesture?.clear()
    if (!from) return
    const to = point(event), sides = Math.hypot(to.x - from.x, to.y - from.y) > 30 ? sidesOfLine(spots, from, to) : null
    from = null
    if (sides) options.onDrawCut?.(sides)
  }
  host.addEventListener('pointerdown', down)
  host.addEventListener('pointermove', move)
  host.addEventListener('pointerup', up)

  return {
    redraw: poll, layout: () => spots,
    setCutDrawing: on => { cutDrawing = on; poll() },
    destroy: () => {
      gone = true
      clearInterval(timer)
      clearTimeout(trial)
      observer.disconnect()
      host.removeEventListener('pointerdown', down)
      host.removeEventListener('pointermove', move)
      host.removeEventListener('pointerup', up)
      // A sleeping loop would never come to the frame in which Phaser takes itself down.
      game.destroy(true)
      game.loop.wake()
    },
  }
}
