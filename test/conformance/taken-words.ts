/**
 * A schema whose names are words that some language has taken: keywords, and members that objects or the readers of Kaitai
 * Struct have. Each is the name of a field, of a value, of a case and of a message.
 */
export function takenWordsSchema(): string {
  const fields = words.map((word) => `        ${word}: { type: u8, example: 1, doc: "A number." }`);
  const upper = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const values = upper.map((word, index) => `      ${word}: { tag: ${index + 1}, doc: "A value." }`);
  const cases = upper.map((word, index) => `      ${word}: { tag: ${index + 1}, doc: "A case." }`);
  const messages = upper.map((word, index) => `    ${word}: { tag: ${index + 1}, doc: "A message." }`);
  return `
protocol: taken
doc: Names that languages have taken.
versions: { 1: { status: draft, packing: byte, doc: "The only one." } }
frame: { tag: u16 }
types:
  Word:
    doc: A value.
    enum: u16
    values:
${values.join("\n")}
  Choice:
    doc: A case.
    union: u16
    cases:
${cases.join("\n")}
messages:
  family:
${messages.join("\n")}
    Everything:
      tag: 60000
      doc: One of each.
      fields:
        lenFirst: { type: u8, example: 1, doc: "Would be the length of the next field." }
        first: { type: string<u8>?, example: a, doc: "A text." }
        hasFirst: { type: u8, example: 1, doc: "Would be the flag of the field before." }
        numWord: { type: u8, example: 1, doc: "Would be a count." }
        mEverything: { type: u8, example: 1, doc: "Would be the type of the message." }
        wordValue: Word
        choiceValue: Choice
${fields.join("\n")}
`;
}

/** Without those that a schema cannot use, since TypeScript has taken them. */
const words = `
  abstract add addr alias alignas alignof and andEq any args as asc asm assert atomicCancel auto base become begin bind
  bitand bitor block body bool boolean box byRef byte call callable can cast catchAll chan char checked clone close cmp coAwait
  compl concept constCast consteval constexpr constinit converter count crate decimal declare decltype def default2 defer
  defined del delegate destroy die discard distinct div does done double drop dyn dynamicCast each echo elif elseif elsif
  empty encode end endif ensure eof eq equals errno error eval2 event except exec exit explicit extern fallthrough final
  finalize find fixed float fn foreach foreign format freeze friend from fromBytes fromFile fromIo fromString func gen get
  getClass getHashCode getType global go goto gt hash hashCode hasKey id impl implicit include index initialize inline
  input inspect int int16 int32 int64 int8 internal io is isa isnot item iterator join kaitaiStream key keys lambda last le
  length linux list local lock long loop lt macro magic main major map match max memberwiseClone message method methods min
  minor mixin mod module move mro mut mutable my name namespace native ne next nil no noexcept none nonlocal not notEq notify
  notifyAll notin nullptr number object objectId of ok on open operator option or orElse ord out override parent params
  parse pass pos pow print priv proc process ptr pub put q qq qr qw qx raise range raw read redo ref register
  repeat require requires rescue result retry root round rune s sbyte sealed seek select self send seq set shl short shr
  signal signed signature size sizeof sizeOf2 some stackalloc static2 std stderr stdin stdout str strictfp string struct sub
  substr surplus synchronized table tag tap template test throws time to toH toS toStr tr trait transient tuple type2
  typedef typeid typename typeOf2 uint uint16 uint32 uint64 uint8 ulong undef union unix unknown unless unsafe
  unsigned unsized until unwrap use ushort using valid value values vec version virtual volatile wait wcharT when where x xor
  xorEq y zeroBits a b c e m u f k stream kind numWords lenWords
`
  .trim()
  .split(/\s+/);
