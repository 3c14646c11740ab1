import type { Sayings } from './sim/said.ts'

/** What is wrong with a plan, in Spanish, by the English sentence that `shared/plan-check.ts` makes. */
export const planSayings: Sayings = {
  'The plan has more than {0} characters.': 'El plan tiene más de {0} caracteres.',
  'The plan is no JSON: {0}.': 'El plan no es JSON: {0}.',
  'The plan is not of the expected shape.': 'El plan no tiene la forma esperada.',
  'format is missing; this program reads {0}.': 'falta format; este programa lee {0}.',
  'format is {0}; this program reads {1}.': 'format es {0}; este programa lee {1}.',
  'scenario: this plan was made for {0}, not for {1}.': 'scenario: este plan se hizo para {0}, no para {1}.',
  'steps: the plan has {0} characters without blanks; at most {1} can be sent to a class.': 'steps: el plan tiene {0} caracteres sin blancos; a una clase se pueden enviar como mucho {1}.',
  '{0}: there is no such field.': '{0}: no existe ese campo.',
  '{0}: {1} is named {2} already.': '{0}: {1} ya se llama {2}.',
  '{0}: these steps wait for each other, so none begins: {1}.': '{0}: estos pasos se esperan unos a otros, así que no empieza ninguno: {1}.',
  '{0} must list some, not all, of the nodes {1}, each once, not {2}.': '{0} tiene que nombrar algunos, no todos, de los nodos {1}, cada uno una vez, no {2}.',
  '{0} must list some, not all, of the nodes {1}, each once; it is missing.': '{0} tiene que nombrar algunos, no todos, de los nodos {1}, cada uno una vez; falta.',
  '{0} must {1}, not {2}.': '{0} tiene que {1}, no {2}.',
  '{0} must {1}; it is missing.': '{0} tiene que {1}; falta.',
  'steps[{0}: {1}': 'steps[{0}: {1}',
}

/** What such a sentence is put together from: what a field must do or be, and what it is. */
export const planParts: Sayings = {
  'The plan': 'El plan',
  'list some of the nodes {0}, each once': 'nombrar algunos de los nodos {0}, cada uno una vez',
  'be {0}': 'ser {0}',
  'a whole number from {0} to {1}, or null': 'un número entero de {0} a {1}, o null',
  'a whole number from {0} to {1}': 'un número entero de {0} a {1}',
  'one of {0}, or null': 'uno de {0}, o null',
  'one of {0}': 'uno de {0}',
  'a node or one of {0}': 'un nodo o uno de {0}',
  'another step, and there is none': 'otro paso, y no hay ninguno',
  'another step, one of {0}': 'otro paso, uno de {0}',
  'a name of {0} to {1} letters, digits and dashes': 'un nombre de {0} a {1} letras, cifras y guiones',
  'a line of {0} to {1} characters': 'una línea de {0} a {1} caracteres',
  'the name of a fault': 'el nombre de un fallo',
  'the name of a claim, or null': 'el nombre de una promesa, o null',
  'the name of a mission, or null': 'el nombre de una misión, o null',
  'a list of steps': 'una lista de pasos',
  'a list of at most {0} steps': 'una lista de como mucho {0} pasos',
  'a list of {0}': 'una lista de {0}',
  'an object': 'un objeto',
  'a plain value or a list of them': 'un valor simple o una lista de ellos',
  'fault or halt': 'fault o halt',
  'leader, no-leader, after or breach': 'leader, no-leader, after o breach',
}
