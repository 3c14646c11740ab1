import { useMemo, useState } from 'preact/hooks'
import { LESSON } from '../../../shared/lab/heartbeat.ts'
import type { LabPoint, LabSettings } from '../../../shared/lab/heartbeat.ts'
import { Wordmark } from '../../components/brand.tsx'
import { Button, Slider } from '../../components/controls.tsx'
import { labOf, RUN_S, STRIP_S } from '../../model/lab.ts'
import { texts } from '../../texts/lab.ts'
import { Curve } from './curve.tsx'
import { Strips } from './strips.tsx'

const inSeconds = (value: number): string => texts.seconds(String(Math.round(value * 100) / 100))
const inPercent = (share: number, digits = 1): string => texts.percent((share * 100).toFixed(digits))

/** The experiment: dials on the left, what comes of them on the right, drawn anew as they move. */
export function LabPage() {
  const [settings, setSettings] = useState<LabSettings>(LESSON), [seed, setSeed] = useState(1)
  const lab = useMemo(() => labOf(settings, seed), [settings, seed])
  const { curve, here, expected, strips, runs } = lab
  const change = (next: Partial<LabSettings>): void => setSettings({ ...settings, ...next })
  const [least, most] = settings.extraS
  const spoken = (say: typeof texts.shareSpoken, value: (point: LabPoint) => string): string => {
    const [first, last] = [curve[0] ?? here, curve.at(-1) ?? here]
    return say(inSeconds(first.timeoutS), value(first), inSeconds(last.timeoutS), value(last), inSeconds(here.timeoutS), value(here))
  }
  return (
    <div class="lab">
      <header class="topbar"><a class="lab-home" href="/"><Wordmark sizePx={28} /></a><div class="topbar-left"><h1>{texts.title}</h1></div></header>
      <section class="lab-dials" aria-label={texts.dials}>
        <p>{texts.lead}</p>
        <Slider label={texts.timeout} min={0.1} max={2} step={0.01} value={settings.timeoutS} text={inSeconds(settings.timeoutS)} onInput={(timeoutS) => change({ timeoutS })} />
        <Slider label={texts.interval} min={0.05} max={1} step={0.01} value={settings.intervalS} text={inSeconds(settings.intervalS)} onInput={(intervalS) => change({ intervalS })} />
        <Slider label={texts.slow} min={0} max={1} step={0.01} value={settings.slowShare} text={inPercent(settings.slowShare, 0)} onInput={(slowShare) => change({ slowShare })} />
        <Slider label={texts.least} min={0} max={2} step={0.01} value={least} text={inSeconds(least)} onInput={(value) => change({ extraS: [value, Math.max(value, most)] })} />
        <Slider label={texts.most} min={0} max={2} step={0.01} value={most} text={inSeconds(most)} onInput={(value) => change({ extraS: [Math.min(value, least), value] })} />
        <div class="lab-buttons"><Button onClick={() => { setSettings(LESSON); setSeed(1) }}>{texts.reset}</Button><Button onClick={() => setSeed(seed + runs)}>{texts.again}</Button></div>
        <p class="lab-ask">{texts.ask}</p>
      </section>
      <main class="lab-results">
        <dl class="lab-figures"><div><dd><b>{inPercent(here.suspectedShare)}</b></dd><dt>{texts.wrongly} <small>{texts.calculus(inPercent(expected))}</small></dt></div>
          <div><dd><b>{texts.seconds(here.detectionS.toFixed(2))}</b></dd><dt>{texts.noticed}</dt></div></dl>
        <div class="lab-curves">
          <section><h2>{texts.shareTitle} <small>{texts.shareNote}</small></h2>
            <Curve label={spoken(texts.shareSpoken, (point) => inPercent(point.suspectedShare))} points={curve.map((point) => ({ x: point.timeoutS, y: point.suspectedShare * 100 }))}
              mark={{ x: here.timeoutS, y: here.suspectedShare * 100, words: inPercent(here.suspectedShare) }} xText={inSeconds} yText={(value) => texts.percent(String(Math.round(value * 10) / 10))} /></section>
          <section><h2>{texts.delayTitle} <small>{texts.delayNote}</small></h2>
            <Curve label={spoken(texts.delaySpoken, (point) => inSeconds(point.detectionS))} points={curve.map((point) => ({ x: point.timeoutS, y: point.detectionS }))}
              mark={{ x: here.timeoutS, y: here.detectionS, words: inSeconds(here.detectionS) }} xText={inSeconds} yText={inSeconds} /></section>
        </div>
        <section class="lab-strips"><h2>{texts.stripTitle} <small>{texts.stripNote(STRIP_S)}</small></h2>
          <Strips strips={strips} seconds={STRIP_S} />
          <p class="quiet">{texts.runs(runs, RUN_S)}</p></section>
      </main>
    </div>
  )
}
