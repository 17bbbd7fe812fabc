/** Somebody changed between reading and writing what a chunk of an import relies on: it has to be looked at again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
