//! What readers that Kaitai Struct generates for Rust need, for frames that are in memory. The crate that crates.io has under
//! this name is another one.

use std::cell::{Cell, RefCell};
use std::convert::TryInto;
use std::fmt;
use std::ops::Deref;
use std::rc::{Rc, Weak};

pub type KResult<T> = Result<T, KError>;

#[derive(Debug, Clone, PartialEq)]
pub enum KError {
    Eof { requested: usize, available: usize },
    UnknownEncoding,
    ValidationFailed(ValidationFailedError),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ValidationFailedError {
    pub kind: ValidationKind,
    pub src_path: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ValidationKind {
    NotEqual,
    LessThan,
    GreaterThan,
    NotAnyOf,
    NotInEnum,
    Expr,
}

impl From<std::convert::Infallible> for KError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// A value that is shared once there is one.
pub struct OptRc<T>(Option<Rc<T>>);

impl<T> OptRc<T> {
    pub fn get(&self) -> Rc<T> {
        self.0.clone().expect("read before it was set")
    }
}

impl<T> Default for OptRc<T> {
    fn default() -> Self {
        OptRc(None)
    }
}

impl<T> Clone for OptRc<T> {
    fn clone(&self) -> Self {
        OptRc(self.0.clone())
    }
}

impl<T> fmt::Debug for OptRc<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "set" } else { "unset" })
    }
}

impl<T> From<Rc<T>> for OptRc<T> {
    fn from(value: Rc<T>) -> Self {
        OptRc(Some(value))
    }
}

impl<T> Deref for OptRc<T> {
    type Target = Rc<T>;

    fn deref(&self) -> &Rc<T> {
        self.0.as_ref().expect("read before it was set")
    }
}

/// What refers to a root, parent or itself without keeping it.
pub struct SharedType<T>(RefCell<Weak<T>>);

impl<T> SharedType<T> {
    pub fn get(&self) -> KResult<OptRc<T>> {
        Ok(OptRc(self.0.borrow().upgrade()))
    }

    pub fn get_value(&self) -> &RefCell<Weak<T>> {
        &self.0
    }

    pub fn set(&self, value: KResult<OptRc<T>>) {
        let found = value.ok().and_then(|shared| shared.0);
        *self.0.borrow_mut() = found.map_or_else(Weak::new, |shared| Rc::downgrade(&shared));
    }
}

impl<T> Default for SharedType<T> {
    fn default() -> Self {
        SharedType(RefCell::new(Weak::new()))
    }
}

impl<T> Clone for SharedType<T> {
    fn clone(&self) -> Self {
        SharedType(RefCell::new(self.0.borrow().clone()))
    }
}

impl<T> fmt::Debug for SharedType<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("shared")
    }
}

pub trait KStruct: Default {
    type Root: KStruct;
    type Parent: KStruct;

    fn read<S: KStream>(
        self_rc: &OptRc<Self>,
        io: &S,
        root: SharedType<Self::Root>,
        parent: SharedType<Self::Parent>,
    ) -> KResult<()>;

    /// Reads a part of what is read already. Its root and parent have types that this one knows only by their fit.
    fn read_into<S: KStream, T: KStruct>(
        io: &S,
        root: Option<SharedType<T::Root>>,
        parent: Option<SharedType<T::Parent>>,
    ) -> KResult<OptRc<T>> {
        let made: OptRc<T> = Rc::new(T::default()).into();
        T::read(&made, io, root.unwrap_or_default(), parent.unwrap_or_default())?;
        Ok(made)
    }
}

/// The parent of what stands in several places, and so has none of one type.
#[derive(Default, Debug, Clone)]
pub struct KStructUnit;

impl KStruct for KStructUnit {
    type Root = KStructUnit;
    type Parent = KStructUnit;

    fn read<S: KStream>(
        _: &OptRc<Self>,
        _: &S,
        _: SharedType<Self::Root>,
        _: SharedType<Self::Parent>,
    ) -> KResult<()> {
        Ok(())
    }
}

/// Reads a whole frame: what is its own root.
pub fn read_root<T: KStruct<Root = T>>(io: &BytesReader) -> KResult<Rc<T>> {
    let made: OptRc<T> = Rc::new(T::default()).into();
    let root = SharedType::default();
    root.set(Ok(made.clone()));
    T::read(&made, io, root, SharedType::default())?;
    Ok(made.get())
}

pub trait KStream {
    fn clone(&self) -> BytesReader;
    fn is_eof(&self) -> bool;
    fn align_to_byte(&self) -> KResult<()>;
    fn read_bytes(&self, count: usize) -> KResult<Vec<u8>>;
    fn read_bytes_full(&self) -> KResult<Vec<u8>>;
    fn read_bits_int_be(&self, count: usize) -> KResult<u64>;

    fn read_u1(&self) -> KResult<u8> {
        Ok(self.read_bytes(1)?[0])
    }
    fn read_s1(&self) -> KResult<i8> {
        Ok(self.read_u1()? as i8)
    }
    fn read_u2be(&self) -> KResult<u16> {
        Ok(u16::from_be_bytes(self.array()?))
    }
    fn read_u2le(&self) -> KResult<u16> {
        Ok(u16::from_le_bytes(self.array()?))
    }
    fn read_u4be(&self) -> KResult<u32> {
        Ok(u32::from_be_bytes(self.array()?))
    }
    fn read_u4le(&self) -> KResult<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }
    fn read_u8be(&self) -> KResult<u64> {
        Ok(u64::from_be_bytes(self.array()?))
    }
    fn read_u8le(&self) -> KResult<u64> {
        Ok(u64::from_le_bytes(self.array()?))
    }
    fn read_s2be(&self) -> KResult<i16> {
        Ok(i16::from_be_bytes(self.array()?))
    }
    fn read_s2le(&self) -> KResult<i16> {
        Ok(i16::from_le_bytes(self.array()?))
    }
    fn read_s4be(&self) -> KResult<i32> {
        Ok(i32::from_be_bytes(self.array()?))
    }
    fn read_s4le(&self) -> KResult<i32> {
        Ok(i32::from_le_bytes(self.array()?))
    }
    fn read_s8be(&self) -> KResult<i64> {
        Ok(i64::from_be_bytes(self.array()?))
    }
    fn read_s8le(&self) -> KResult<i64> {
        Ok(i64::from_le_bytes(self.array()?))
    }
    fn read_f4be(&self) -> KResult<f32> {
        Ok(f32::from_be_bytes(self.array()?))
    }
    fn read_f4le(&self) -> KResult<f32> {
        Ok(f32::from_le_bytes(self.array()?))
    }
    fn read_f8be(&self) -> KResult<f64> {
        Ok(f64::from_be_bytes(self.array()?))
    }
    fn read_f8le(&self) -> KResult<f64> {
        Ok(f64::from_le_bytes(self.array()?))
    }

    fn array<const SIZE: usize>(&self) -> KResult<[u8; SIZE]> {
        let bytes = self.read_bytes(SIZE)?;
        Ok(bytes.try_into().expect("as many bytes as were asked for"))
    }
}

/// Reads bytes in memory. Its copies go on together.
#[derive(Default, Debug, Clone)]
pub struct BytesReader(Rc<Reading>);

#[derive(Default, Debug)]
struct Reading {
    bytes: Vec<u8>,
    position: Cell<usize>,
    bits: Cell<u64>,
    bits_left: Cell<usize>,
}

impl From<Vec<u8>> for BytesReader {
    fn from(bytes: Vec<u8>) -> Self {
        BytesReader(Rc::new(Reading { bytes, ..Default::default() }))
    }
}

impl BytesReader {
    fn take(&self, count: usize) -> KResult<&[u8]> {
        let start = self.0.position.get();
        let available = self.0.bytes.len() - start;
        if count > available {
            return Err(KError::Eof { requested: count, available });
        }
        self.0.position.set(start + count);
        Ok(&self.0.bytes[start..start + count])
    }
}

impl KStream for BytesReader {
    fn clone(&self) -> BytesReader {
        BytesReader(self.0.clone())
    }

    fn is_eof(&self) -> bool {
        self.0.bits_left.get() == 0 && self.0.position.get() >= self.0.bytes.len()
    }

    fn align_to_byte(&self) -> KResult<()> {
        self.0.bits.set(0);
        self.0.bits_left.set(0);
        Ok(())
    }

    fn read_bytes(&self, count: usize) -> KResult<Vec<u8>> {
        self.align_to_byte()?;
        Ok(self.take(count)?.to_vec())
    }

    fn read_bytes_full(&self) -> KResult<Vec<u8>> {
        self.read_bytes(self.0.bytes.len() - self.0.position.get())
    }

    /// At most 32 bits at a time, which with seven that are left over fit.
    fn read_bits_int_be(&self, count: usize) -> KResult<u64> {
        let (mut bits, mut left) = (self.0.bits.get(), self.0.bits_left.get());
        while left < count {
            bits = (bits << 8) | u64::from(self.take(1)?[0]);
            left += 8;
        }
        left -= count;
        self.0.bits.set(bits & ((1 << left) - 1));
        self.0.bits_left.set(left);
        Ok(bits >> left)
    }
}

/// What is not UTF-8 becomes U+FFFD.
pub fn bytes_to_str(bytes: &Vec<u8>, _encoding: &str) -> KResult<String> {
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
