import '../../style/index.css'
import './lab.css'
import { keptTheme } from '../../link/seats.ts'
import { mount } from '../../mount.ts'
import { texts } from '../../texts/lab.ts'
import { LabPage } from './lab.tsx'

document.documentElement.dataset['theme'] = keptTheme()
document.title = texts.pageTitle
mount(<LabPage />)
