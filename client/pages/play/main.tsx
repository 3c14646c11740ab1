import '../../style/index.css'
import './play.css'
import './round.css'
import './policy.css'
import { cleanCode } from '../../components/code-boxes.tsx'
import { isCode } from '../../link/classes.ts'
import { codeInAddress, keptSeat, seatInAddress } from '../../link/seats.ts'
import { startGame } from './game.ts'
import { PlayPage } from './play-page.tsx'
import { mount } from '../../mount.ts'

const code = codeInAddress({ search: location.search, hash: '', pathname: '' }, cleanCode)
const carried = seatInAddress(location.hash)
// Whoever brings a seat along wants that one; a mere name wants one only where this browser keeps none.
const seat = !isCode(code) ? null : carried !== null && carried.token !== null ? carried : keptSeat(code) ?? carried
// Who has neither seat nor name in this browser gets both on the join page.
if (seat === null) location.replace(code === '' ? '/' : `/?code=${code}`)
else mount(<PlayPage game={startGame(code, seat)} />)
