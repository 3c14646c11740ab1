import type { StageHandle, StageOptions } from './scene.ts'
import { startGame } from './game.ts'

/**
 * Draws scenes into `host` until destroyed. `auto` takes WebGL only where hardware draws it.
 * Sizes are CSS pixels of the host, which may be resized at any time.
 */
export function mountStage(host: HTMLElement, options: StageOptions): StageHandle {
  return startGame(host, options)
}
