import '../../style/index.css'
import './play.css'
import './round.css'
import { render } from 'preact'
import { cleanCode } from '../../components/code-boxes.tsx'
import { isCode } from '../../link/classes.ts'
import { codeInAddress, keptSeat } from '../../link/seats.ts'
import { startGame } from './game.ts'
import { PlayPage } from './play-page.tsx'

const code = codeInAddress({ ...location, pathname: '', search: location.search, hash: location.hash }, cleanCode)
const seat = isCode(code) ? keptSeat(code) : null
const root = document.getElementById('app')
// Who has neither seat nor name in this browser gets both on the join page.
if (seat === null) location.replace(code === '' ? '/' : `/?code=${code}`)
else if (root) render(<PlayPage game={startGame(code, seat)} />, root)
