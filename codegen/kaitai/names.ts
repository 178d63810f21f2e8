/**
 * Names in a .ksy file. Kaitai escapes no reserved words, so that each name must be one that none of its target languages
 * has taken; and what is added beside a field, such as its length, must not meet another field.
 */

/** `sessionTimeout` and `SessionTimeout` → `session_timeout`. Names that differ in more than case stay different. */
export function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, "_$&").toLowerCase();
}

/** What stands beside the value of a field. */
export type Companion = "has" | "len" | "num" | "high" | "low";

/** The name of a field, or of something that stands beside its value. */
export function fieldId(name: string, companion?: Companion): string {
  const id = freeName(name, takenByMembers);
  if (companion === undefined) return id;
  return companion === "high" || companion === "low" ? `${id}_${companion}` : `${companion}_${id}`;
}

/** The name of a value of an enum, or of a message or case among their tags. */
export function valueId(name: string): string {
  return freeName(name, takenByValues);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const snake = snakeCase(name);
  const isTaken = keywords.has(snake) || taken.has(snake) || takenPrefix.test(snake) || takenSuffix.test(snake);
  if (!isTaken) return snake;
  // Nim takes f_or for "for".
  return keywords.has(`f${snake}`) ? `v_${snake}` : `f_${snake}`;
}

/** Gives every name once, whatever two schemas' names come down to; Nim ignores case and underscores. */
export class UniqueNames {
  readonly #taken = new Set<string>();

  take(name: string): string {
    for (let copy = 1; ; copy++) {
      const candidate = copy === 1 ? name : `${name}_${copy}`;
      const key = candidate.replaceAll("_", "");
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return candidate;
    }
  }
}

/** Of types, enums and members of C++ (one letter), and of what stands beside a field. */
const takenPrefix = /^(?:[a-z]|has|len|num)_/;
/** Of the halves of a number. */
const takenSuffix = /_(?:high|low)$/;

/** Of those targets that write names as they are: C++, Java, Lua, Nim, Python and Rust. */
const keywords = wordSet(`
  abstract addr alignas alignof and and_eq as asm assert async auto await become bind bitand bitor block bool boolean box
  break byte case cast catch char char16_t char32_t char8_t class co_await co_return co_yield compl concept const
  const_cast consteval constexpr constinit continue converter crate decltype def default defer del delete discard distinct
  div do double dyn dynamic_cast elif else elseif end enum except explicit export extends extern false final finally float
  fn for friend from func function gen global goto if impl implements import in include inline instanceof int interface is
  isnot iterator lambda let local long loop macro match method mixin mod move mut mutable namespace native new nil noexcept
  none nonlocal not not_eq notin null nullptr object of operator or or_eq out override package pass priv private proc
  protected ptr pub public raise ref register reinterpret_cast repeat requires return self shl short shr signed sizeof static
  static_assert static_cast strictfp struct super switch synchronized template then this thread_local throw throws trait
  transient true try tuple type typedef typeid typename typeof union unsafe unsigned unsized until use using var virtual
  void volatile wchar_t when where while with xor xor_eq yield`);

/** Members that classes or their bases have in some target or in a .ksy of ours, and macros of C. */
const takenByMembers = wordSet(`
  body can clone close constructor destroy does equals errno finalize from_bytes from_file from_io from_string get_class
  get_hash_code get_type hash_code initialize instance_variables io isa linux memberwise_clone next notify
  notify_all object_id parent read root send stderr stdin stdout surplus to_string unimport unix wait zero_bits`);

/** What an enum has in Python or Rust, and what generated Nim uses in the scope that values of enums share. */
const takenByValues = wordSet(`
  add encode int16 int32 int64 int8 len mro name newseq option parent read result root seq some string table this to_string
  uint16 uint32 uint64 uint8 unknown value`);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
