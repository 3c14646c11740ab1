import '../../style/index.css'
import './wall.css'
import { takeWallKey, wallLink } from '../../link/wall-link.ts'
import { texts } from '../../texts/wall.ts'
import { Wall, WallNotice } from './wall.tsx'
import { mount } from '../../mount.ts'

// The wall is light whatever the presenter's own pages are: a projector in a bright room.
document.documentElement.dataset['theme'] = 'light'
document.title = texts.pageTitle
const key = takeWallKey()
mount(key === null ? <WallNotice title={texts.noKey} note={texts.noKeyNote} /> : <Wall link={wallLink(key)} />)

let hiding: ReturnType<typeof setTimeout> | undefined
addEventListener('pointermove', () => {
  clearTimeout(hiding)
  document.documentElement.classList.remove('is-quiet')
  hiding = setTimeout(() => document.documentElement.classList.add('is-quiet'), 3_000)
})
