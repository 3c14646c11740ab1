import type { texts as english } from '../en/lab.ts'
import type { Words } from '../language.ts'

export const texts: Words<typeof english> = {
  pageTitle: 'El laboratorio, Netsplit',
  title: 'Laboratorio: latidos y esperas',
  lead: 'Tres nodos laten. De vez en cuando un latido llega tarde. Un observador pregunta una y otra vez cuánto lleva callado cada uno, y sospecha de quien calla más que la espera. Nadie se ha caído: aquí toda sospecha es un error.',
  dials: 'Lo que ajustas',
  interval: 'Un latido cada', slow: 'Latidos tardíos', least: 'Tarde al menos', most: 'Tarde como mucho', timeout: 'Espera',
  seconds: (value) => `${value} s`,
  percent: (value) => `${value} %`,
  reset: 'Volver al inicio',
  again: 'Otros latidos',
  wrongly: 'de las preguntas sospechan de un nodo vivo',
  noticed: 'hasta notar una caída, de media',
  shareTitle: 'Sospechas erróneas',
  shareNote: 'parte de las preguntas, según la espera',
  delayTitle: 'Hasta notar una caída',
  delayNote: 'segundos, según la espera',
  shareSpoken: (from, first, to, last, here, now) => `La parte de preguntas que sospechan baja de ${first} con una espera de ${from} a ${last} con ${to}. Con ${here} es ${now}.`,
  delaySpoken: (from, first, to, last, here, now) => `El tiempo hasta notar una caída sube de ${first} con una espera de ${from} a ${last} con ${to}. Con ${here} es ${now}.`,
  stripTitle: 'Una partida',
  stripNote: (seconds) => `sus primeros ${seconds} s; un trazo es un latido, una barra rayada una sospecha errónea`,
  stripSpoken: (node, beats, suspicions) => `${node}: ${beats} latidos, ${suspicions} ${suspicions === 1 ? 'sospecha' : 'sospechas'}`,
  runs: (runs, seconds) => `${runs} partidas de ${seconds} s cada una, los mismos latidos para toda espera.`,
  calculus: (share) => `El cálculo dice ${share}.`,
  timeoutHere: (value) => `espera ${value}`,
  ask: 'Una espera más corta nota antes una caída. ¿Qué cuesta? ¿Dónde la pondrías?',
}
