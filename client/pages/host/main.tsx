import '../../style/index.css'
import './host.css'
import './cockpit.css'
import { App } from './app.tsx'
import { texts } from '../../texts/host.ts'
import { mount } from '../../mount.ts'

document.title = texts.pageTitle
mount(<App />)
