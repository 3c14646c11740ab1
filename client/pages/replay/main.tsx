import '../../style/index.css'
import './replay.css'
import { App } from './app.tsx'
import { texts } from '../../texts/replay.ts'
import { mount } from '../../mount.ts'

document.title = texts.pageTitle
mount(<App />)
