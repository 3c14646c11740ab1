import type { texts as english } from '../en/cockpit.ts'
import type { Words } from '../language.ts'

export const texts: Words<typeof english> = {
  latency: 'Latencia, s',
  errors: 'Errores por causa',
  causes: { timeout: 'caducadas', unreachable: 'nadie allí', wrong: 'erróneas' },
  behind: (unit) => `Atraso, ${unit === 'terms' ? 'mandatos' : unit === 'entries' ? 'entradas' : unit}`,
  queue: 'Esperan',
  queueAt: (node) => `Esperan en ${node}`,
  missed: 'Latidos perdidos',
  skew: 'Desfase de relojes, s',
  none: 'aún nada',
  latencySpoken: (p50, p99) => `Latencia del último minuto: mediana ${p50}, percentil 99 ${p99}.`,
  errorsSpoken: (timeout, unreachable, wrong) => `Errores de los últimos cinco minutos: ${timeout} caducadas, ${unreachable} no encontraron a nadie, ${wrong} con respuesta errónea.`,
  perNode: (title, values) => `${title}: ${values}.`,
  witness: (count) => `Mostrar el testigo, ${count} ${count === 1 ? 'hecho' : 'hechos'}`,
  witnessTitle: (claim) => `Por qué se rompió ${claim}`,
  prevention: 'Qué lo habría evitado',
  letGo: 'Esta página ya no guarda este hecho. La repetición lo tiene.',
  close: 'Cerrar',
  previous: 'Hecho anterior', next: 'Hecho siguiente',
  step: (at, of) => `Hecho ${at} de ${of}`,
  seeAs: (node) => `Ver como ${node}`,
  seeTruth: 'Ver la verdad',
  seenAs: (node) => `Lo que sabe ${node}`,
  seeAsWords: 'Los demás como se creen, no como son.',
}
