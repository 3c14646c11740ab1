/** Whether WebGL here is drawn by hardware. Software WebGL is ten times slower than Canvas. */
export function hardwareDraws(): boolean {
  const context = document.createElement('canvas').getContext('webgl')
  if (!context) return false
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = info ? context.getParameter(info.UNMASKED_RENDERER_WEBGL) : ''
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return isHardware(String(name))
}

/** Judges the renderer's own name; a browser that hides it gets the benefit of the doubt, and is measured. */
export function isHardware(name: string): boolean {
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name)
}
