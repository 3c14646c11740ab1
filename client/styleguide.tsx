import './style/index.css'
import './style/styleguide.css'
import { signal } from '@preact/signals'
import { BreachItem, Button, Card, ClockDigits, CodeBoxes, FaultChip, FogPanel, Icon, KeyButton, Lamp, LinkBadge, Meter, MiniTopology, NodeGlyph, Notice, PacketGlyph, Plate, QrCode, RequestTicket, Rift, Segmented, Slider, Stage, Tally, Timeline, TopBar } from './components/index.ts'
import type { NodeGlyphProps } from './components/index.ts'
import { aboveScene, studentScene } from './stage/sample.ts'
import { mount } from './mount.ts'

/** Every piece in every state, in both themes. */
const code = signal('K7M'), speed = signal(1), loss = signal(10), cursorMs = signal(142_000), cutting = signal(false), lastCut = signal('none drawn')
const nothing = () => undefined

const nodes: readonly (NodeGlyphProps & { name: string })[] = [
  { name: 'follower', letter: 'C', tab: 'T2' }, { name: 'candidate', letter: 'C', fill: 'third', tab: 'T3' }, { name: 'leader', letter: 'C', fill: 'full', pennant: true, tab: 'T3' },
  { name: 'you', letter: 'C', own: true, ring: { fraction: 0.66 } }, { name: 'bot', letter: 'C', shape: 'square', tab: 'T2' }, { name: 'paused', letter: 'C', state: 'paused', tab: 'T3' },
  { name: 'crashed', letter: 'C', state: 'crashed', tab: 'T3' }, { name: 'selected', letter: 'C', selected: true }, { name: 'heard', letter: 'C', ring: { fraction: 0.7 } },
  { name: 'suspected', letter: 'C', state: 'suspected' }, { name: 'never heard', letter: 'C', state: 'silent' }, { name: 'you lead', letter: 'C', own: true, fill: 'full', pennant: true, tab: 'T3' },
]

const packets = [
  { name: 'beat', family: 'beat', letter: 'H' }, { name: 'ask', family: 'ask', letter: 'R' }, { name: 'answer, yes', family: 'answer', letter: 'Y' }, { name: 'answer, no', family: 'answer', letter: 'N', hollow: true },
  { name: 'order', family: 'order', letter: 'S' }, { name: 'customer', family: 'customer', letter: 'P' }, { name: 'old', family: 'beat', letter: 'H', dim: true },
] as const

function Guide({ theme }: { theme: 'dark' | 'light' }) {
  return (
    <div class="guide" data-theme={theme}>
      <h2>{theme === 'dark' ? 'Dark' : 'Light'}</h2><div data-part="bar"><TopBar left={<><b>Election</b><span class="quiet">round 2 of 3</span><Meter label="Safety" value="100" /><Meter label="In time" value="91%" /></>} right={<><LinkBadge state="fine" latencyMs={38} /><LinkBadge state="slow" latencyMs={640} /><LinkBadge state="gone" /></>} /></div>
      <div class="guide-columns">
        <section><h3>Node</h3><div class="guide-grid" data-part="nodes">{nodes.map(({ name, ...node }) => <figure><NodeGlyph {...node} sizePx={72} label={name} /><figcaption>{name}</figcaption></figure>)}</div>
          <h3>Packet</h3><div class="guide-grid" data-part="packets">{packets.map(({ name, ...packet }) => <figure><PacketGlyph {...packet} label={name} /><figcaption>{name}</figcaption></figure>)}</div>
          <div data-part="judge"><MiniTopology cutAfter={2} nodes={[{ id: 'A', shape: 'circle', fill: 'full', state: 'ok' }, { id: 'B', shape: 'square', fill: 'empty', state: 'ok' }, { id: 'C', shape: 'circle', fill: 'empty', state: 'paused' }, { id: 'D', shape: 'circle', fill: 'third', state: 'ok' }, { id: 'E', shape: 'circle', fill: 'empty', state: 'crashed' }]} />
          <h3>Lamps</h3><Lamp state="holds" claim="one-vote" /><Lamp state="broken" claim="no-stale-serve" note="broken once" /><Lamp state="due" claim="leader-within-60s" /></div></section>
        <section data-part="keys"><h3>Keys</h3><div class="guide-row">
          <KeyButton number={1} label="Grant" state="hot" onPress={nothing} /><KeyButton number={2} label="Deny" state="hot" onPress={nothing} />
          <KeyButton number={5} label="Stand for election" consequence="starts term 3" onPress={nothing} /><KeyButton number={6} label="Held down" state="pressed" onPress={nothing} />
          <KeyButton number={1} label="Grant again?" state="warned" reason="You voted for A in term 2. Press once more to vote twice." onPress={nothing} />
          <KeyButton number={3} label="Renew" state="refused" reason="you hold no lease" onPress={nothing} /></div>
          <h3>Buttons</h3><div class="guide-row"><Button icon="halt" kind="halt">Halt chaos</Button><Button kind="primary" iconAfter="right">Join the class</Button><Button icon="pause">Pause all</Button><Button kind="light">Next fact</Button><Button refusal="No cluster is chosen.">Crash one</Button></div>
          <h3>Inputs</h3><Segmented label="Speed" value={speed.value} onChange={value => { speed.value = value }} options={[0.5, 1, 2, 4].map(value => ({ value, label: `${value}x` }))} />
          <Slider label="Loss" min={0} max={50} value={loss.value} text={`${loss.value}%`} onInput={value => { loss.value = value }} />
          <CodeBoxes label="Code on the wall" value={code.value} onChange={value => { code.value = value }} />
          <div class="guide-row"><QrCode text="http://netsplit.local/K7M4QX" /><ClockDigits valueMs={141_000} note="your clock" /></div></section>
        <section data-part="inbox"><h3>Inbox</h3>
          <Card state="hot" packet={{ family: 'ask', letter: 'R' }} sentence="D asks for your vote in term 3" why="You are in term 2. You have not voted in term 3." kind="REQUEST_VOTE" age="0.4 s ago"><KeyButton number={1} label="Grant" state="hot" onPress={nothing} /><KeyButton number={2} label="Deny" state="hot" onPress={nothing} /></Card>
          <Card state="new" packet={{ family: 'beat', letter: 'H' }} sentence="A says it leads term 2" kind="HEARTBEAT" age="1.1 s ago" />
          <Card state="done" packet={{ family: 'answer', letter: 'Y' }} sentence="D votes for you in term 1" why="Late: term 1 is over." kind="VOTE" age="4.2 s ago" />
          <Card state="old" packet={{ family: 'beat', letter: 'H' }} sentence="A says it leads term 2" kind="HEARTBEAT" age="7.2 s ago" />
          <Notice>D wants your vote.</Notice><Notice kind="error">Your network is gone. A bot plays C until you are back.</Notice></section>
        <section data-part="requests"><h3>Requests</h3>
          <RequestTicket hot command="get color" secondsLeft={6} secondsTotal={18} hold={<>You hold <code>blue</code>. You believe A leads.</>}><KeyButton number={3} label="Answer" consequence="blue" state="hot" onPress={nothing} /><KeyButton number={4} label="Redirect" consequence="to A" state="hot" onPress={nothing} /></RequestTicket>
          <RequestTicket hot={false} command="put color=red" secondsLeft={4} secondsTotal={18} hold="Next in line." onPick={nothing} />
          <h3>Faults</h3><FaultChip icon="delay" title="Delay A B of Tern" detail="asked 2,500 ms, got 2,504" secondsLeft={26} secondsTotal={45} onStop={nothing} />
          <BreachItem claim="no-stale-serve" severity="severe" time="Heron 02:36.2" sentence="A, cut off since 02:14, answered blue to get color." witnessWords="Show the witness, 5 facts" onWitness={nothing} />
          <h3>Rift</h3><Rift label="a cut" />
          <h3>Tally</h3><Tally label="What the class thinks" options={[{ label: 'It cannot know', count: 9, note: 'your answer', own: true }, { label: 'Its lease runs out', count: 14, note: null, own: false }, { label: 'A customer tells it', count: 0, note: null, own: false }]} />
          <p class="quiet"><Icon name="cut" /> <Icon name="skew" /> <Icon name="disk" /> <Icon name="memory" /> <Icon name="loss" /> <Icon name="oneway" /> <Icon name="book" /> <Icon name="people" /> <Icon name="eye" /> <Icon name="fork" /></p></section>
      </div>
      <div data-part="plate"><Plate items={[{ label: 'You are', value: 'C', note: 'Brisk Otter' }, { label: 'Role', value: 'Follower' }, { label: 'Term', value: 2, keptIn: 'disk' }, { label: 'Timeout', value: '18 s', keptIn: 'memory' }]} /></div>
      <div class="guide-band" data-part="timeline"><Timeline durationMs={300_000} cursorMs={cursorMs.value} onSeek={value => { cursorMs.value = value }} window={{ fromMs: 120_000, toMs: 165_000 }} breaches={[{ key: 'one', atMs: 156_000, label: 'no-stale-serve broke at 02:36' }]}
        ticks={[{ atMs: 60_000, label: '1:00' }, { atMs: 180_000, label: '3:00' }]}
        bands={[{ key: 'a', label: 'loss 10%', fromMs: 40_000, toMs: 90_000, kind: 'ran' }, { key: 'b', label: 'cut', fromMs: 134_000, toMs: 180_000, kind: 'ran' }, { key: 'c', label: 'pause leader', fromMs: 200_000, toMs: 240_000, kind: 'planned' }, { key: 'd', label: 'crash E', fromMs: 150_000, toMs: 170_000, kind: 'ran' }]} /></div>
      <div class="guide-stages"><Stage scene={studentScene} theme={theme} label="What C knows" /><Stage scene={aboveScene} theme={theme} cutDrawing={cutting.value} onDrawCut={sides => { lastCut.value = sides.map(side => side.join(' ')).join(' from ') }} label="Heron, as it is" /></div>
      <Button icon="cut" pressed={cutting.value} onClick={() => { cutting.value = !cutting.value }}>Draw a cut</Button> <span class="quiet">Cut: {lastCut.value}</span>
      <div class="guide-fog" data-part="fog"><FogPanel><h2>Dots are unknown.</h2></FogPanel></div>
    </div>
  )
}

mount(<main class="guide-page"><h1>Style guide</h1>{(['dark', 'light'] as const).map(theme => <Guide theme={theme} />)}</main>)
