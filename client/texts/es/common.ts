import type { texts as english } from '../en/common.ts'
import type { Words } from '../language.ts'

export const texts: Words<typeof english> = {
  onDisk: 'en el disco', inMemory: 'en la memoria',
  lamp: { holds: 'se cumple', broken: 'rota', due: 'aún no toca' },
  untilHealed: 'hasta curarlo',
  stop: (title) => `Parar: ${title}`,
  network: { fine: 'Tu red va bien', slow: 'Tu red va lenta', gone: 'Tu red no está' },
  atMost: (value) => `como mucho ${value}`, atLeast: (value) => `al menos ${value}`,
  secondsLeft: 's quedan',
  codeFor: (text) => `Código de ${text}`,
  timeline: 'Línea de tiempo',
  close: 'Cerrar',
  packets: { beat: 'latido', ask: 'petición', answer: 'respuesta', bot: 'juega un bot' },
  stage: {
    cluster: 'El grupo',
    asList: (label) => `${label}, como lista`,
    failed: 'La imagen no se cargó. La lista de abajo dice lo mismo. Recarga la página para intentarlo otra vez.',
    own: (node) => `${node}, tú`,
    bot: 'juega un bot', leads: 'manda', cut: 'corte',
    states: { silent: 'nunca oído', suspected: 'sospechoso', crashed: 'caído', paused: 'en pausa' },
    cutWords: (one, other, oneWay) => `Corte: ${one} ${oneWay ? 'hacia' : 'de'} ${other}`,
  },
  link: {
    noClass: 'Este código no tiene clase. Mira el muro.',
    replaced: 'Este puesto se abrió en otra pestaña, y ahora se juega allí.',
    removed: 'Quien dirige te sacó de esta clase.',
    ended: 'La clase ha acabado.',
    badToken: 'Esta clase ya no conoce tu puesto. Entra otra vez con un nombre.',
    refused: 'La clase no te dejó entrar.',
    noAnswer: 'El servidor no responde.',
    noAnswerTry: 'El servidor no responde. Mira tu red, e inténtalo otra vez.',
    notOpened: 'El servidor no pudo abrir una clase. Inténtalo otra vez.',
    tooMuch: 'Demasiado espera a tu red. No se envió nada.',
    left: 'Saliste de la clase.',
  },
}
