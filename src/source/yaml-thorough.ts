/** The thorough reader of YAML, whose verdict counts. Everything that is taken from its package passes through here. */
export {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
  visit,
  type YAMLError,
} from 'yaml';
