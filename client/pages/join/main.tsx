import '../../style/index.css'
import './join.css'
import { cleanCode } from '../../components/code-boxes.tsx'
import { codeInAddress, keptTheme } from '../../link/seats.ts'
import { JoinPage } from './join-page.tsx'
import { texts } from '../../texts/play.ts'
import { mount } from '../../mount.ts'

document.documentElement.dataset['theme'] = keptTheme()
document.title = texts.joinPageTitle
mount(<JoinPage code={codeInAddress(location, cleanCode)} />)
