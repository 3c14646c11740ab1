import '../../style/index.css'
import './join.css'
import { render } from 'preact'
import { cleanCode } from '../../components/code-boxes.tsx'
import { codeInAddress, keptTheme } from '../../link/seats.ts'
import { JoinPage } from './join-page.tsx'

document.documentElement.dataset['theme'] = keptTheme()
const root = document.getElementById('app')
if (root) render(<JoinPage code={codeInAddress(location, cleanCode)} />, root)
