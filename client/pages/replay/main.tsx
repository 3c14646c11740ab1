import { render } from 'preact'
import '../../style/index.css'
import './replay.css'
import { App } from './app.tsx'

const root = document.getElementById('app')
if (root) render(<App />, root)
