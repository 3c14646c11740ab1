import '../../style/index.css'
import '../play/play.css'
import '../play/round.css'
import './solo.css'
import { keptTheme } from '../../link/seats.ts'
import { mount } from '../../mount.ts'
import { texts } from '../../texts/solo.ts'
import { SoloPage } from './solo-page.tsx'

document.documentElement.dataset['theme'] = keptTheme()
document.title = texts.pageTitle
// All that a round needs is here before it begins: from then on the page wants no network.
import('../../stage/mount.ts').catch(() => undefined)
mount(<SoloPage />)
