// The parts of Phaser that the stage draws with, and no more: the whole of it is nearly twice the size.
// `import Phaser from 'phaser'` arrives here by an alias in vite.config.ts; its types stay those of the package.

// Phaser's modules require each other in circles, which only come right in the package's own order: animations first.
import 'phaser/src/animations'
// The game asks for its renderer only when it starts, which is too late for the circle in there: whole, and before that.
import 'phaser/src/renderer'

// Scene plugins put themselves into Phaser's own registry when they are loaded; a scene boots with those it finds there.
import EventEmitter from 'phaser/src/events/EventEmitter'
import 'phaser/src/cameras/2d/CameraManager'
import 'phaser/src/data/DataManagerPlugin'
import DisplayList from 'phaser/src/gameobjects/DisplayList'
import GameObjectCreator from 'phaser/src/gameobjects/GameObjectCreator'
import GameObjectFactory from 'phaser/src/gameobjects/GameObjectFactory'
import UpdateList from 'phaser/src/gameobjects/UpdateList'
import InputPlugin from 'phaser/src/input/InputPlugin'
import 'phaser/src/scene/ScenePlugin'
import Clock from 'phaser/src/time/Clock'
import TweenManager from 'phaser/src/tweens/TweenManager'

// `this.add.graphics()` and the like.
import 'phaser/src/gameobjects/container/ContainerFactory'
import 'phaser/src/gameobjects/graphics/GraphicsFactory'
import 'phaser/src/gameobjects/image/ImageFactory'
import 'phaser/src/gameobjects/text/TextFactory'
import 'phaser/src/gameobjects/graphics/GraphicsCreator'

import Cameras from 'phaser/src/cameras/2d'
import constants from 'phaser/src/const'
import Game from 'phaser/src/core/Game'
import CoreEvents from 'phaser/src/core/events'
import Color from 'phaser/src/display/color'
import Container from 'phaser/src/gameobjects/container/Container'
import GameObject from 'phaser/src/gameobjects/GameObject'
import GameObjectEvents from 'phaser/src/gameobjects/events'
import Graphics from 'phaser/src/gameobjects/graphics/Graphics'
import Image from 'phaser/src/gameobjects/image/Image'
import Text from 'phaser/src/gameobjects/text/Text'
import Circle from 'phaser/src/geom/circle'
import Line from 'phaser/src/geom/line'
import Rectangle from 'phaser/src/geom/rectangle'
import InputEvents from 'phaser/src/input/events'
import Between from 'phaser/src/math/Between'
import Clamp from 'phaser/src/math/Clamp'
import Distance from 'phaser/src/math/distance'
import Easing from 'phaser/src/math/easing'
import Linear from 'phaser/src/math/Linear'
import Vector2 from 'phaser/src/math/Vector2'
import BlendModes from 'phaser/src/renderer/BlendModes'
import ScaleModes from 'phaser/src/renderer/ScaleModes'
import TintModes from 'phaser/src/renderer/TintModes'
import Scale from 'phaser/src/scale'
import Scenes from 'phaser/src/scene'
import Scene from 'phaser/src/scene/Scene'
import Textures from 'phaser/src/textures'
import Tweens from 'phaser/src/tweens'

const Phaser = {
  ...constants,
  BlendModes,
  Cameras: { Scene2D: Cameras },
  Core: { Events: CoreEvents },
  Display: { Color },
  Events: { EventEmitter },
  Game,
  GameObjects: {
    Container, DisplayList, Events: GameObjectEvents, GameObject, GameObjectCreator, GameObjectFactory, Graphics, Image, Text, UpdateList,
  },
  Geom: { Circle, Line, Rectangle },
  Input: { Events: InputEvents, InputPlugin },
  Math: { Between, Clamp, Distance, Easing, Linear, Vector2 },
  Scale,
  ScaleModes,
  Scene,
  Scenes,
  Textures,
  Time: { Clock },
  TintModes,
  Tweens: { ...Tweens, TweenManager },
}

export default Phaser
